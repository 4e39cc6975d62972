package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ContentTextTests {

    private static List<String> texts(String type, String text) {
        return ContentText.of(Content.of(type, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTextAsAWhole() {
        assertThat(texts("text/plain", "one\ntwo")).containsExactly("one\ntwo");
        assertThat(texts("TEXT/Markdown; charset=utf-8", "# h\u00e9")).containsExactly("# h\u00e9");
    }

    @Test
    void readsStringsThatAreValuesInJson() {
        String json =
                "{\"key\": \"a b\", \"n\": 12, \"list\": [\"c\", {\"deep\": \"d\\u00e9\"}, null]}";

        assertThat(texts("application/json", json)).containsExactly("a b", "c", "d\u00e9");
        assertThat(texts("application/ld+json;profile=x", json)).hasSize(3);
        assertThat(texts("text/json", "\"alone\"")).containsExactly("alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "image/png", "application/jsonx", "x/text"})
    void readsNothingElse(String type) {
        assertThat(texts(type, "\"word\"")).isEmpty();
    }

    @Test
    void readsBrokenJsonUpToTheFault() {
        assertThat(texts("application/json", "[\"a\", \"b\", }")).containsExactly("a", "b");
        assertThat(texts("application/json", "no json")).isEmpty();
        assertThat(texts("application/json", "[".repeat(100_000))).isEmpty();
        assertThat(texts("application/json", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain;charset=iso-8859-1,ISO-8859-1",
        "text/plain; charset=\"UTF-16\"; a=b,UTF-16",
        "text/plain; charset=no-such,UTF-8",
        "text/plain; charset=,UTF-8",
        "text/plain; charset=!,UTF-8"
    })
    void knowsCharacterSets(String type, String charset) {
        byte[] bytes = "caf\u00e9".getBytes(Charset.forName(charset));

        assertThat(ContentText.of(Content.of(type, bytes))).containsExactly("caf\u00e9");
    }

    @Test
    void leavesOutWhatTheLimitCutsInTwo() {
        String filling = "word ".repeat(ContentText.MAX_BYTES / 5);
        String text = filling + "severed tail";

        String read = texts("text/plain", text).getFirst();

        assertThat(read).isEqualTo(filling);
        assertThat(texts("application/json", "[\"a\", \"" + text + "\"]")).containsExactly("a");
    }

    @Test
    void readsNoMoreThanTheLimit() {
        long length = 10L << 30;
        Content endless = new Content("text/plain", length, Digest.ZERO, Endless::new);

        assertThat(ContentText.of(endless).getFirst()).hasSizeLessThan(ContentText.MAX_BYTES);
    }

    /** Words without end; fails when more is read than may be. */
    private static final class Endless extends InputStream {

        private int given;

        @Override
        public int read() {
            given++;
            return given % 10 == 0 ? ' ' : 'a';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
                target[offset + i] = (byte) read();
            }
            assertThat(given).isLessThanOrEqualTo(ContentText.MAX_BYTES);
            return length;
        }
    }
}

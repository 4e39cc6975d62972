package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The parts of a record are read within it, and nothing malformed is taken for a value. */
class RecordBodyTests {

    private static final String ENDS = "record ends within its parts";

    private static RecordBody body(int... bytes) {
        byte[] record = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            record[i] = (byte) bytes[i];
        }
        return new RecordBody("file", 8_192, record, 0);
    }

    private static RecordBody text(String text) {
        return new RecordBody("file", 8_192, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static void requireCorrupt(ThrowingCallable read, String reason) {
        assertThatThrownBy(read)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("file")
                .hasMessageContaining("8192");
    }

    @Test
    void numbersAreLittleEndianAndWithoutSignWhereTheyAreShort() {
        RecordBody body = body(0xff, 1, 0x80, 1, 0, 0, 0x80, 2, 0, 0, 0, 0, 0, 0, 0x80);

        assertThat(body.readByte()).isEqualTo(255);
        assertThat(body.readShort()).isEqualTo(0x8001);
        assertThat(body.readInt()).isEqualTo(0x80000001);
        assertThat(body.readLong()).isEqualTo(0x8000000000000002L);
        assertThat(body.index()).isEqualTo(15);
    }

    @Test
    void noNumberPassesTheEnd() {
        requireCorrupt(() -> body().readByte(), ENDS);
        requireCorrupt(() -> body(1).readShort(), ENDS);
        requireCorrupt(() -> body(1, 2, 3).readInt(), ENDS);
        requireCorrupt(() -> body(1, 2, 3, 4, 5, 6, 7).readLong(), ENDS);
        requireCorrupt(() -> body(0x80).readVarint(), ENDS);
    }

    @Test
    void noTextPassesTheEnd() {
        assertThat(text("word").readText(4)).isEqualTo("word");
        requireCorrupt(() -> text("word").readText(5), ENDS);
        requireCorrupt(() -> text("word").readText(-1), ENDS);
        requireCorrupt(() -> text("word").skip(5), ENDS);
        requireCorrupt(() -> text("word").skip(-1), ENDS);
    }

    @Test
    void whatWasReadOrSkippedIsBehind() {
        RecordBody body = text("one, two");

        assertThat(body.readText(3)).isEqualTo("one");
        body.skip(2);
        assertThat(body.index()).isEqualTo(5);
        assertThat(body.readText(3)).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1fffff, 0x200000, Integer.MAX_VALUE})
    void numberInGroupsOfBitsIsReadAsItWasWritten(int value) {
        ByteBuffer buffer = ByteBuffer.allocate(8);

        RecordEncoder.putVarint(buffer, value);

        RecordBody body = new RecordBody("file", 8_192, buffer.array(), 0);
        assertThat(body.readVarint()).isEqualTo(value);
        assertThat(body.index()).isEqualTo(buffer.position());
    }

    @Test
    void numberThatIsTooLargeOrTooLongIsNone() {
        String malformed = "malformed number";

        requireCorrupt(() -> body(0x80, 0x80, 0x80, 0x80, 0x08).readVarint(), malformed);
        requireCorrupt(() -> body(0xff, 0xff, 0xff, 0xff, 0x7f).readVarint(), malformed);
        requireCorrupt(() -> body(0x80, 0x80, 0x80, 0x80, 0x80, 0).readVarint(), malformed);
    }

    @Test
    void textThatIsNotUtf8IsNone() {
        requireCorrupt(() -> body('a', 0xff, 'b').readText(3), "text is not UTF-8");
        requireCorrupt(() -> body(0xc3).readText(1), "text is not UTF-8");
        requireCorrupt(() -> body(0xed, 0xa0, 0x80).readText(3), "text is not UTF-8");
    }

    @Test
    void signThatStandsForUnreadableOnesIsATextLikeAnyOther() {
        String text = "\ufffdx\ufffd";

        assertThat(text(text + "more").readText(7)).isEqualTo(text);
    }

    @Test
    void signForUnreadableOnesBehindOtherTextIsComparedInItsPlace() {
        byte[] bytes = "before\ufffdbehind".getBytes(StandardCharsets.UTF_8);
        RecordBody body = new RecordBody("file", 8_192, bytes, 0);

        assertThat(body.readText(6)).isEqualTo("before");
        assertThat(body.readText(3)).isEqualTo("\ufffd");
        assertThat(body.readText(6)).isEqualTo("behind");
        requireCorrupt(
                () -> new RecordBody("file", 8_192, Arrays.copyOf(bytes, 8), 0).readText(8),
                "text is not UTF-8");
    }

    @Test
    void wordIsToldByItsNumberOrWrittenOut() {
        TagDictionary dictionary = new TagDictionary();
        dictionary.learn("first");

        assertThat(body(1).readWord(dictionary)).isEqualTo("first");
        assertThat(body(TagDictionary.LITERAL, 2, 'o', 'k').readWord(dictionary)).isEqualTo("ok");
        requireCorrupt(() -> body(2).readWord(dictionary), "dictionary has no word 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "ä", "aä", "日本", "a\uFFFD"})
    void textIsComparedAsIfItWereRead(String written) {
        int bytes = written.getBytes(StandardCharsets.UTF_8).length;
        for (String expected : new String[] {"", "a", "abc", "abd", "ä", "aä", "aa", "日本", "aaa"}) {
            RecordBody body = text(written);

            assertThat(body.readsText(bytes, expected)).isEqualTo(written.equals(expected));
            assertThat(body.index()).isEqualTo(bytes);
        }
        requireCorrupt(() -> text(written).readsText(bytes + 1, "x".repeat(bytes + 1)), ENDS);
    }

    @Test
    void whatIsNoTextEqualsNone() {
        requireCorrupt(() -> body('a', 0xff).readsText(2, "ab"), "text is not UTF-8");
    }
}

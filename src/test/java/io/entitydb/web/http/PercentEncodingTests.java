package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class PercentEncodingTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/plain",
                "%2F",
                "%2f%41",
                "%C3%A4",
                "%F0%9F%98%80",
                "a%00b",
                "%EF%BF%BD"
            })
    void textIsText(String encoded) {
        assertThat(PercentEncoding.isText(encoded)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "a%",
                "%zz",
                "%-1",
                "%+1",
                "% 1",
                "%C3",
                "%C3x",
                "%C3%28",
                "%FF",
                "%C0%AF",
                "%ED%A0%80",
                "%F5%80%80%80",
                "\u00e4",
                "%C3%A4\u00e4",
                "%\uff11\uff11"
            })
    void anythingElseIsNot(String encoded) {
        assertThat(PercentEncoding.isText(encoded)).isFalse();
    }

    @Test
    void everyTextInItsEncodingIsText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(8), 0, Character.MAX_CODE_POINT + 1)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .forEach(text::appendCodePoint);
            String encoded = URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);

            assertThat(PercentEncoding.isText(encoded)).as("seed %d: %s", seed, encoded).isTrue();
        }
    }
}

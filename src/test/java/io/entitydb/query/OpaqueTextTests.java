package io.entitydb.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A text comes back as the bytes that it was made of, or not at all. */
class OpaqueTextTests {

    private static final byte FORMAT = 7;
    private static final byte[] BODY = "a place".getBytes(StandardCharsets.UTF_8);

    @Test
    void givesTheBodyBack() {
        for (byte[] body : new byte[][] {BODY, {}, {0}, new byte[500]}) {
            assertThat(OpaqueText.read(FORMAT, OpaqueText.write(FORMAT, body)))
                    .isEqualTo(ByteBuffer.wrap(body));
        }
    }

    @Test
    void everyOtherTextIsRefused() {
        String text = OpaqueText.write(FORMAT, BODY);

        assertThat(OpaqueText.read((byte) 8, text)).isNull();
        assertThat(OpaqueText.read(FORMAT, text + "=")).isNull();
        assertThat(OpaqueText.read(FORMAT, text + "A")).isNull();
        for (int i = 0; i < text.length(); i++) {
            assertThat(OpaqueText.read(FORMAT, text.substring(0, i))).isNull();
            for (char other : "AZaz09-_!".toCharArray()) {
                String changed = text.substring(0, i) + other + text.substring(i + 1);
                if (!changed.equals(text)) {
                    assertThat(OpaqueText.read(FORMAT, changed)).as(changed).isNull();
                }
            }
        }
    }
}

package io.entitydb.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text in percent-encoding. <b>Source:</b> RFC 3986, section 2.1. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** Whether every escape is whole and the bytes are UTF-8. */
    static boolean isText(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return isAscii(encoded);
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c > 0x7f) {
                return false;
            }
            if (c != '%') {
                bytes[length++] = (byte) c;
            } else if (isEscape(encoded, i)) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else {
                return false;
            }
        }
        return isUtf8(ByteBuffer.wrap(bytes, 0, length));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c <= 0x7f);
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

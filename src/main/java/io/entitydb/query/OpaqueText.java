package io.entitydb.query;

import io.entitydb.entity.Digest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes as a text that clients keep and give back as it is, so that the service keeps nothing for
 * them.
 *
 * <p><b>Shape:</b> URL-safe Base64 without padding of format (1) · check (8, big-endian) · body.
 * The check is the beginning of the SHA-256 of all of it with zeros for the check: it finds
 * accidents, not forgers, who could only ask what they may ask anyway.
 */
public final class OpaqueText {

    private static final int CHECK = 1;
    private static final int BODY = CHECK + Long.BYTES;

    private OpaqueText() {}

    /**
     * The text of a body.
     *
     * @param format tells bodies of one kind from those of another
     */
    public static String write(byte format, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(BODY + body.length);
        out.put(format).putLong(0).put(body).putLong(CHECK, check(out.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /** The body of a text, big-endian; null if {@link #write} did not give the text. */
    public static @Nullable ByteBuffer read(byte format, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length < BODY
                || bytes[0] != format
                || ByteBuffer.wrap(bytes).getLong(CHECK) != check(bytes)) {
            return null;
        }
        byte[] body = Arrays.copyOfRange(bytes, BODY, bytes.length);
        return write(format, body).equals(text) ? ByteBuffer.wrap(body) : null;
    }

    private static long check(byte[] bytes) {
        byte[] checked = bytes.clone();
        Arrays.fill(checked, CHECK, BODY, (byte) 0);
        return ByteBuffer.wrap(Digest.sha256(checked).bytes()).getLong();
    }
}

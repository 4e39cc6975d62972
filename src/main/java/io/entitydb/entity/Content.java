package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The content of an entity: bytes with a media type, described by length and digest and read on
 * demand.
 *
 * <p>Two contents are equal when media type, length and digest are; the source does not count.
 *
 * @param mediaType media type, for example {@code application/json}; 1–127 printable ASCII
 *     characters
 * @param length bytes
 * @param digest SHA-256 of the bytes
 * @param source gives the bytes
 */
public record Content(String mediaType, long length, Digest digest, ContentSource source) {

    /** The media type of bytes of which nothing is known. */
    public static final String OCTET_STREAM = "application/octet-stream";

    /** No bytes at all. */
    public static final Content EMPTY = of(OCTET_STREAM, new byte[0]);

    private static final int MAX_MEDIA_TYPE = 127;

    /** Refuses a negative length and a malformed media type. */
    public Content {
        if (length < 0) {
            throw new IllegalArgumentException("content length below 0: " + length);
        }
        if (mediaType.isEmpty() || mediaType.length() > MAX_MEDIA_TYPE || !isPrintable(mediaType)) {
            throw new InvalidEntityException(
                    "/contentType", "a media type is 1 to 127 printable ASCII characters");
        }
    }

    /** By hand: this runs with every entity that is read. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x1f || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** A content over these bytes, which must not be changed afterwards. */
    public static Content of(String mediaType, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        return new Content(mediaType, bytes.length, digest, new Held(bytes, digest));
    }

    /**
     * Bytes in memory.
     *
     * @param bytes never changed
     * @param digest taken of just these bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would double the memory.
    private record Held(byte[] bytes, Digest digest) implements ContentSource {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /**
     * The bytes themselves, if they are in memory and {@link #digest} was taken of them here, so
     * that nobody needs to compare them with it; null otherwise. Must not be changed.
     */
    @SuppressWarnings("ReferenceEquality") // Another digest was not taken of these bytes.
    public byte @Nullable [] heldBytes() {
        return source instanceof Held(byte[] bytes, Digest taken)
                        && taken == digest
                        && bytes.length == length
                ? bytes
                : null;
    }

    /** All the bytes, for contents known to be small enough for an array. */
    public byte[] bytes() {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("content stream failed", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that
                && length == that.length
                && mediaType.equals(that.mediaType)
                && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mediaType, length, digest);
    }
}

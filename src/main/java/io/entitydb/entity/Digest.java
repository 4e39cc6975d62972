package io.entitydb.entity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * <p><b>Shape:</b> 32 bytes. <b>Source:</b> FIPS 180-4.
 */
public final class Digest {

    /** Length in bytes. */
    public static final int BYTES = 32;

    /** 32 zero bytes: the digest before the first transaction. */
    public static final Digest ZERO = new Digest(new byte[BYTES]);

    /** Looking a function up takes longer than copying one. */
    private static final MessageDigest FRESH = sha256();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The digest that these bytes are.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /** The digest of a message. */
    public static Digest sha256(byte[] message) {
        return new Digest(newSha256().digest(message));
    }

    /** The digest of what a function was fed; the function begins anew. */
    public static Digest end(MessageDigest function) {
        byte[] bytes = function.digest();
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return new Digest(bytes);
    }

    /** A fresh SHA-256 function; every Java platform has it. */
    public static MessageDigest newSha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256", e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Feeds the 32 bytes to a hash function, without a copy. */
    public void updateTo(MessageDigest function) {
        function.update(bytes);
    }

    /** Whether it stands in an array, from an index on. */
    public boolean isAt(byte[] array, int from) {
        return Arrays.equals(bytes, 0, BYTES, array, from, from + BYTES);
    }

    /** Copies the 32 bytes into a buffer, from the given index on; its position stays. */
    public void copyTo(ByteBuffer target, int from) {
        target.put(from, bytes);
    }

    /** Copies the 32 bytes into an array, from the given index on. */
    public void copyTo(byte[] target, int from) {
        System.arraycopy(bytes, 0, target, from, BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

package io.entitydb.security;

import io.entitydb.entity.Digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random texts that are given out once, and the hashes that they are known by afterwards. */
final class Secrets {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Secrets() {}

    /** Random bytes. */
    static byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A text of 256 random bits; 43 characters. */
    static String text() {
        return BASE64.encodeToString(bytes());
    }

    /** A text of 128 random bits that names something; 32 hexadecimal digits. */
    static String id() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * What is stored of a secret: its SHA-256. It has too many random bits to be guessed, so the
     * hash needs no salt and may be quick.
     */
    static String hash(String secret) {
        return BASE64.encodeToString(
                Digest.sha256(secret.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    /** Whether a secret is the one of a hash, in a time that tells nothing. */
    static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII),
                hash.getBytes(StandardCharsets.US_ASCII));
    }
}

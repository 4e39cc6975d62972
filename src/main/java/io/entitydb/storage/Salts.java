package io.entitydb.storage;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes for the versions of one transaction, which keep an erased content from being guessed
 * by its digest. The generator is shared and locks, so a transaction draws more at a time the more
 * it needs.
 */
final class Salts {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    private static final int MOST_AT_ONCE = 64;

    private byte[] drawn = new byte[0];
    private int used;

    /** 16 bytes that nobody has seen. */
    byte[] next() {
        if (used == drawn.length) {
            int more = Math.clamp(2L * drawn.length / SALT_BYTES, 1, MOST_AT_ONCE);
            drawn = new byte[more * SALT_BYTES];
            RANDOM.nextBytes(drawn);
            used = 0;
        }
        if (drawn.length == SALT_BYTES) {
            used = SALT_BYTES;
            return drawn;
        }
        used += SALT_BYTES;
        return Arrays.copyOfRange(drawn, used - SALT_BYTES, used);
    }
}

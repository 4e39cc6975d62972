package io.entitydb.storage;

import io.entitydb.storage.log.Spares;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes for versions, which keep an erased content from being guessed by its digest. The
 * generator is shared and locks, so many are drawn at a time.
 */
final class Salts {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    private static final int DRAWN_AT_ONCE = 64;
    private static final Spares<Salts> SPARES = new Spares<>(Salts::new);

    private final byte[] drawn = new byte[DRAWN_AT_ONCE * SALT_BYTES];
    private int used = drawn.length;

    private Salts() {}

    /** 16 bytes that nobody has seen. */
    static byte[] next() {
        Salts salts = SPARES.take();
        byte[] salt = salts.draw();
        SPARES.give(salts);
        return salt;
    }

    private byte[] draw() {
        if (used == drawn.length) {
            RANDOM.nextBytes(drawn);
            used = 0;
        }
        used += SALT_BYTES;
        return Arrays.copyOfRange(drawn, used - SALT_BYTES, used);
    }
}

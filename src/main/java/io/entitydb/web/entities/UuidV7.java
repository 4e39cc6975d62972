package io.entitydb.web.entities;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes ids of which later ones sort after earlier ones, to the millisecond.
 *
 * <p><b>Shape:</b> 48 bits of milliseconds since 1970, then version 7 and variant with 74 random
 * bits. <b>Source:</b> RFC 9562, section 5.7.
 */
public final class UuidV7 {

    private static final int RANDOM_A_BITS = 12;
    private static final long RANDOM_A = (1L << RANDOM_A_BITS) - 1;
    private static final long VERSION = 7L << RANDOM_A_BITS;
    private static final long RANDOM_B = (1L << 62) - 1;
    private static final long VARIANT = 1L << 63;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Ids that begin with the time of a clock. */
    public UuidV7(Clock clock) {
        this.clock = clock;
    }

    /** A new id. */
    public String next() {
        long high = (clock.millis() << 16) | VERSION | (random.nextLong() & RANDOM_A);
        long low = VARIANT | (random.nextLong() & RANDOM_B);
        return new UUID(high, low).toString();
    }
}

package io.entitydb.storage;

import java.time.Duration;

/**
 * How data at rest is checked.
 *
 * @param isEnabled whether it is
 * @param bytesPerSecond how much is read in a second at most, more or less
 * @param pause time from the end of a pass to the beginning of the next
 */
public record ScrubOptions(boolean isEnabled, long bytesPerSecond, Duration pause) {

    /** Nothing is checked. */
    public static final ScrubOptions OFF = new ScrubOptions(false, 16 << 20, Duration.ofDays(1));

    /** Refuses values that make no sense. */
    public ScrubOptions {
        if (bytesPerSecond < 1 || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "scrub of %d bytes a second, pause %s".formatted(bytesPerSecond, pause));
        }
    }
}

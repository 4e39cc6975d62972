package io.entitydb.observability;

import lombok.RequiredArgsConstructor;

import java.time.Clock;
import java.time.Duration;

/** How the last checkpoints ended. Thread-safe. */
@RequiredArgsConstructor
final class RecentCheckpoints {

    private static final double MILLIS_PER_SECOND = Duration.ofSeconds(1).toMillis();

    private final Clock clock;

    private volatile long lastSuccessMillis;
    private volatile boolean hasFailed;

    /** A checkpoint has ended just now. */
    void ended(boolean isDone) {
        hasFailed = !isDone;
        if (isDone) {
            lastSuccessMillis = clock.millis();
        }
    }

    /** When the last one was written, since 1970; 0 if none was since the start. */
    double lastSuccessSeconds() {
        return lastSuccessMillis / MILLIS_PER_SECOND;
    }

    /** Whether the last one failed. */
    boolean hasFailed() {
        return hasFailed;
    }
}

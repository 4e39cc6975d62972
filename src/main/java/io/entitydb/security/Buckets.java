package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bucket of tokens for each of many names: whoever asks takes one, and waits when there is none.
 * Memory is bounded: of too many names, those that ask seldom are forgotten and begin again with a
 * full bucket. Thread-safe.
 */
final class Buckets {

    /** Names that are counted at once; a few hundred bytes each. */
    private static final int TRACKED = 50_000;

    private final Bandwidth bandwidth;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets;
    private final LongAdder refused = new LongAdder();

    /**
     * Buckets that hold so many tokens, and get so many in a while.
     *
     * @param refill long enough for a bucket to be full again when it is twice as old
     */
    Buckets(long capacity, long tokens, Duration refill, Ticker ticker) {
        this.bandwidth =
                Bandwidth.builder().capacity(capacity).refillGreedy(tokens, refill).build();
        this.meter = new TickerMeter(ticker);
        Duration full = refill.multipliedBy(2 * Math.ceilDiv(capacity, tokens));
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(TRACKED)
                        .expireAfterAccess(full)
                        .ticker(ticker)
                        .build();
    }

    /** Takes a token; the nanoseconds to wait if there is none, else 0. */
    long take(String name) {
        Bucket bucket = of(name);
        if (bucket.tryConsume(1)) {
            return 0;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return 0;
        }
        refused.increment();
        return probe.getNanosToWaitForRefill();
    }

    /** Gives a token back that was taken for nothing. */
    void giveBack(String name) {
        of(name).addTokens(1);
    }

    /** How often somebody was told to wait. */
    long refused() {
        return refused.sum();
    }

    /** How many names are counted at present, more or less. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket of(String name) {
        return buckets.get(
                name,
                key -> Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(meter).build());
    }

    private record TickerMeter(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}

package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets who guesses passwords wait, longer each time. It is counted for a name <em>from</em> an
 * address, so that nobody can keep a user out who comes from elsewhere; and for an address over all
 * names. Names of users and names of nobody are treated alike. Thread-safe.
 *
 * <p>An attempt counts from its beginning: many at once are no way to make more of them.
 */
@Component
public final class LoginBackoff {

    /** Names and addresses that are remembered at once. */
    private static final int TRACKED = 50_000;

    /** Attempts at once of one name from one address that has not failed too often. */
    private static final int AT_ONCE = 16;

    private static final int LONGEST_SECONDS = 15 * 60;
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration MEMORY = Duration.ofHours(1);

    private final int free;
    private final Ticker ticker;
    private final Buckets addresses;
    private final Cache<Place, History> histories;
    private final LongAdder refused = new LongAdder();

    /** By the clock of the system. */
    @Autowired
    LoginBackoff(LimitProperties properties) {
        this(properties, Ticker.systemTicker());
    }

    LoginBackoff(LimitProperties properties, Ticker ticker) {
        this.free = properties.loginAttempts();
        this.ticker = ticker;
        int perMinute = properties.failedLogins();
        this.addresses = new Buckets(perMinute, perMinute, Duration.ofMinutes(1), ticker);
        this.histories =
                Caffeine.newBuilder()
                        .maximumSize(TRACKED)
                        .expireAfterAccess(MEMORY)
                        .ticker(ticker)
                        .build();
    }

    private record Place(String name, String network) {}

    /** What came before, of one place; guarded by itself. */
    private static final class History {

        private int failures;
        private int running;
        private long notBefore;
    }

    /** An attempt to show a password; closing it tells that it has ended. */
    public final class Attempt implements AutoCloseable {

        private final Place place;
        private final History history;
        private boolean hasFailed;
        private boolean isRight;

        private Attempt(Place place, History history) {
            this.place = place;
            this.history = history;
        }

        /** The password was right: what came before is forgotten. */
        public void succeed() {
            isRight = true;
        }

        /** The password was wrong. */
        public void fail() {
            hasFailed = true;
        }

        /** Counts how it ended; one that came to no answer does not count. */
        @Override
        public void close() {
            synchronized (history) {
                history.running--;
                if (isRight) {
                    history.failures = 0;
                    history.notBefore = ticker.read();
                } else if (hasFailed) {
                    history.failures++;
                    history.notBefore = ticker.read() + pause(history.failures).toNanos();
                }
            }
            if (!hasFailed) {
                addresses.giveBack(place.network());
            }
        }
    }

    /**
     * Begins to compare a password.
     *
     * @throws TooManyRequestsException if it has to wait; the same for names of users and of nobody
     */
    public Attempt begin(String name, @Nullable String address) {
        Place place = new Place(name, ClientAddress.network(address));
        History history = histories.get(place, key -> begun());
        synchronized (history) {
            long left = history.notBefore - ticker.read();
            if (left > 0) {
                throw refused(Duration.ofNanos(left));
            }
            if (history.running >= (history.failures < free ? AT_ONCE : 1)) {
                throw refused(Duration.ofSeconds(1));
            }
            long nanos = addresses.take(place.network());
            if (nanos > 0) {
                throw refused(Duration.ofNanos(nanos));
            }
            history.running++;
        }
        return new Attempt(place, history);
    }

    private History begun() {
        History history = new History();
        history.notBefore = ticker.read();
        return history;
    }

    private TooManyRequestsException refused(Duration wait) {
        refused.increment();
        return new TooManyRequestsException(
                "too many logins have failed; wait before the next one", wait);
    }

    private Duration pause(int failures) {
        int beyond = failures - free;
        if (beyond < 0) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(
                Math.min(LONGEST_SECONDS, 1L << Math.min(beyond, MOST_DOUBLINGS)));
    }

    /** How many attempts had to wait. */
    long refused() {
        return refused.sum();
    }
}

package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Ticker;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Set;

/**
 * How often requests of a user and of an address are answered. What is beyond that is refused
 * before it costs more than looking at it. Thread-safe.
 */
@Component
public final class RateLimits {

    /** Whether the service lives is told to whoever asks, however many do. */
    static final Set<String> PROBES = Set.of("/livez", "/readyz");

    /** Buckets hold what comes in so many seconds, for clients that pause and catch up. */
    private static final int BURST_SECONDS = 2;

    private final Buckets principals;
    private final Buckets addresses;
    private final Buckets anonymous;

    /** Limits by the clock of the system. */
    @Autowired
    RateLimits(LimitProperties properties) {
        this(properties, Ticker.systemTicker());
    }

    RateLimits(LimitProperties properties, Ticker ticker) {
        this.principals = perSecond(properties.principalRate(), ticker);
        this.addresses = perSecond(properties.addressRate(), ticker);
        this.anonymous = perSecond(properties.anonymousRate(), ticker);
    }

    private static Buckets perSecond(int rate, Ticker ticker) {
        return new Buckets((long) BURST_SECONDS * rate, rate, Duration.ofSeconds(1), ticker);
    }

    /**
     * Counts a request of an address, whoever makes it.
     *
     * @throws TooManyRequestsException if it is one too many
     */
    void requireOfAddress(@Nullable String address) {
        require(addresses, ClientAddress.network(address), "this address makes too many requests");
    }

    /**
     * Counts a request of an address that shows no valid token.
     *
     * @throws TooManyRequestsException if it is one too many
     */
    public void requireOfStranger(@Nullable String address) {
        require(
                anonymous,
                ClientAddress.network(address),
                "this address makes too many requests without a valid token");
    }

    /**
     * Counts a request of a user.
     *
     * @throws TooManyRequestsException if it is one too many
     */
    void requireOfPrincipal(String name) {
        require(principals, name, "this user makes too many requests");
    }

    /**
     * Counts a request for who makes it: for the user, or for the address of somebody nobody knows.
     * It is known by then who asks, and nothing else of the request was looked at.
     *
     * @throws TooManyRequestsException if it is one too many
     */
    void requireOfCaller(HttpServletRequest request) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null
                && who.getPrincipal() instanceof Caller caller
                && caller.method() != Caller.Method.NONE) {
            requireOfPrincipal(caller.name());
        } else {
            requireOfStranger(request.getRemoteAddr());
        }
    }

    private static void require(Buckets buckets, String name, String message) {
        long nanos = buckets.take(name);
        if (nanos > 0) {
            throw new TooManyRequestsException(message, Duration.ofNanos(nanos));
        }
    }

    long refusedOfAddresses() {
        return addresses.refused();
    }

    long refusedOfStrangers() {
        return anonymous.refused();
    }

    long refusedOfPrincipals() {
        return principals.refused();
    }
}

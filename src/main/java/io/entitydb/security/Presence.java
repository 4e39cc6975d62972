package io.entitydb.security;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityDbException;
import io.entitydb.storage.error.StorageException;

import org.springframework.security.authentication.AuthenticationServiceException;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A caller in the middle of something long: what it showed at the beginning is looked at again now
 * and then, so that it ends soon after a logout, the removal of a user or key, an expiry, or the
 * loss of a right. Used by one thread.
 */
public final class Presence {

    /** Longest that somebody goes on who may not any more. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    /** As long as that a caller goes on although users, or an issuer, cannot be asked. */
    private static final Duration BENEFIT_OF_DOUBT = Duration.ofMinutes(5);

    private final Caller begun;
    private final Supplier<Optional<Caller>> again;
    private final LongSupplier nanos;
    private long lastCheck;
    private long lastSure;

    Presence(Caller begun, Supplier<Optional<Caller>> again, LongSupplier nanos) {
        this.begun = begun;
        this.again = again;
        this.nanos = nanos;
        this.lastCheck = nanos.getAsLong();
        this.lastSure = lastCheck;
    }

    /** Who began. */
    public Caller caller() {
        return begun;
    }

    /** How long until the caller is looked at again; zero or less if that is due. */
    public Duration untilCheck() {
        return INTERVAL.minusNanos(nanos.getAsLong() - lastCheck);
    }

    /**
     * As {@link #require}, if it is time again; else nothing.
     *
     * @throws NoLongerAuthenticatedException as there
     */
    public void requireNowAndThen() {
        if (!untilCheck().isPositive()) {
            require();
        }
    }

    /**
     * Checks that the caller is accepted still, and may do all that it could at the beginning.
     * Where that cannot be found out, it counts as before for a while.
     *
     * @throws NoLongerAuthenticatedException if what it showed is not accepted any more
     * @throws AccessDeniedException if it may do less
     */
    public void require() {
        lastCheck = nanos.getAsLong();
        Caller present;
        try {
            present = again.get().orElseThrow(NoLongerAuthenticatedException::new);
        } catch (StorageException | EntityDbException | AuthenticationServiceException e) {
            if (lastCheck - lastSure > BENEFIT_OF_DOUBT.toNanos()) {
                throw new NoLongerAuthenticatedException();
            }
            return;
        }
        lastSure = lastCheck;
        if (!present.permissions().cover(begun.permissions())) {
            throw new AccessDeniedException("your permissions have changed; begin again");
        }
    }
}

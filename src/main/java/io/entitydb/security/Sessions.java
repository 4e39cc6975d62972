package io.entitydb.security;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a login began: a family of refresh tokens, of which the last one is good for one use, and
 * the access tokens that were given out for them. A session is an entity of the reserved dataset;
 * when it is gone, all of its tokens are. Calls that write belong to the transaction that surrounds
 * them.
 *
 * <p>A refresh token that is used a second time was stolen, or its thief used it first: the session
 * ends.
 */
@Component
public final class Sessions {

    private static final String PREFIX = "session/";
    static final Tag TYPE = Tag.parse("type:session");
    private static final Pattern REFRESH_TOKEN =
            Pattern.compile("edbr_([0-9a-f]{32})_([A-Za-z0-9_-]{43})");

    private final EntityRepository repository;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration lifetime;
    private final Versioned<Kept> known;

    Sessions(
            EntityRepository repository,
            JsonMapper json,
            Clock securityClock,
            SecurityProperties properties) {
        this.repository = repository;
        this.json = json;
        this.clock = securityClock;
        this.lifetime = properties.refreshTokenLifetime();
        this.known =
                new Versioned<>(repository, entity -> SystemRecords.read(json, entity, Kept.class));
    }

    /**
     * What is stored.
     *
     * @param user whose session it is
     * @param credentials the password that it began with; see {@link Account}
     * @param hash of the refresh token that is good
     * @param expiresAt when it ends unless it is used, in seconds since 1970
     */
    record Kept(String user, int credentials, String hash, long expiresAt) {}

    /**
     * A refresh token that was given out.
     *
     * @param session its session
     * @param token the text, which is known to nobody else
     */
    public record Issued(String session, String token) {

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Issued[" + session + "]";
        }
    }

    /** What became of a refresh token that was presented. */
    public sealed interface Refresh {

        /**
         * It was good, and another one takes its place.
         *
         * @param user whose session it is
         * @param issued the token that takes its place
         */
        record Renewed(String user, Issued issued) implements Refresh {}

        /**
         * It had been used before: the session is ended.
         *
         * @param user whose session it was
         */
        record Reused(String user) implements Refresh {}

        /** It is none, or its session has ended. */
        record Unknown() implements Refresh {}
    }

    /** The entity that the session of a refresh token is; empty if the text is no such token. */
    public static Optional<EntityKey> keyOfToken(String token) {
        Matcher matcher = REFRESH_TOKEN.matcher(token);
        return matcher.matches() ? Optional.of(keyOf(matcher.group(1))) : Optional.empty();
    }

    /** The entity that a session is. */
    public static EntityKey keyOf(String session) {
        return SystemRecords.key(PREFIX + session);
    }

    /** Begins a session. */
    public Issued begin(Account account) {
        return store(Secrets.id(), account.name(), account.credentials());
    }

    /** Uses a refresh token: it gets a successor, or ends its session. */
    public Refresh refresh(String token) {
        Matcher matcher = REFRESH_TOKEN.matcher(token);
        if (!matcher.matches()) {
            return new Refresh.Unknown();
        }
        String session = matcher.group(1);
        Kept record = living(session);
        if (record == null) {
            return new Refresh.Unknown();
        }
        if (!Secrets.matches(token, record.hash())) {
            end(session);
            return new Refresh.Reused(record.user());
        }
        return new Refresh.Renewed(
                record.user(), store(session, record.user(), record.credentials()));
    }

    /** Ends a session, if it has not ended. */
    public void end(String session) {
        EntityKey key = keyOf(session);
        if (repository.find(key).isPresent()) {
            repository.delete(key);
        }
    }

    /** Whether a session of a user goes on, under the password that it began with. */
    public boolean isLiving(String session, Account account) {
        Kept record = living(session);
        return record != null
                && record.user().equals(account.name())
                && record.credentials() == account.credentials();
    }

    /**
     * Removes a session if it has expired, within the transaction that surrounds the call: one that
     * is used meanwhile stays.
     *
     * @return whether it was removed
     */
    boolean removeExpired(EntityKey key) {
        return known.removeIf(key, record -> !isAfterNow(record.expiresAt()));
    }

    private boolean isAfterNow(long seconds) {
        return Instant.ofEpochSecond(seconds).isAfter(clock.instant());
    }

    private @Nullable Kept living(String session) {
        return known.find(keyOf(session))
                .filter(record -> isAfterNow(record.expiresAt()))
                .orElse(null);
    }

    private Issued store(String session, String user, int credentials) {
        String token = "edbr_" + session + "_" + Secrets.text();
        long expiresAt = clock.instant().plus(lifetime).getEpochSecond();
        Kept record = new Kept(user, credentials, Secrets.hash(token), expiresAt);
        repository.save(keyOf(session), SystemRecords.secret(json, record, TYPE));
        return new Issued(session, token);
    }
}

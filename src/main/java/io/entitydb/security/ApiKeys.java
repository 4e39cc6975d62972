package io.entitydb.security;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SortKey;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that machines show instead of logging in. A key belongs to a user, may be bounded to a part
 * of what the user may do, and expires. It is an entity of the reserved dataset that holds its hash
 * only. Calls that write belong to the transaction that surrounds them.
 */
@Component
public final class ApiKeys {

    /** What every key begins with. */
    static final String MARK = "edbk_";

    private static final String PREFIX = "key/";
    static final Tag TYPE = Tag.parse("type:key");
    private static final Pattern KEY = Pattern.compile("edbk_([0-9a-f]{32})_[A-Za-z0-9_-]{43}");

    private final EntityRepository repository;
    private final EntitySearch search;
    private final JsonMapper json;
    private final Clock clock;
    private final Versioned<Stored> known;

    ApiKeys(
            EntityRepository repository,
            EntitySearch search,
            JsonMapper json,
            Clock securityClock) {
        this.repository = repository;
        this.search = search;
        this.json = json;
        this.clock = securityClock;
        this.known = new Versioned<>(repository, this::parse);
    }

    /** What is stored in the content. */
    private record Kept(
            String user,
            String label,
            String hash,
            long expiresAt,
            @Nullable List<String> bounds) {}

    /**
     * A key as it is stored.
     *
     * @param id names it
     * @param user whose it is
     * @param label what it is for, for people
     * @param hash of its text
     * @param expiresAt when it ends, in seconds since 1970
     * @param bounds tags of what it may do at most; null if that is all that the user may do
     */
    public record Stored(
            String id,
            String user,
            String label,
            String hash,
            long expiresAt,
            @Nullable Set<Tag> bounds) {

        /** Keeps the hash out of logs. */
        @Override
        public String toString() {
            return "Stored[" + id + "]";
        }
    }

    /** The entity that a key is. */
    public static EntityKey keyOf(String id) {
        return SystemRecords.key(PREFIX + id);
    }

    /** An id for a key. */
    public static String newId() {
        return Secrets.id();
    }

    /**
     * Makes a key.
     *
     * @return its text, which is not stored
     */
    public String create(
            String id, String user, String label, Instant expiresAt, @Nullable Set<Tag> bounds) {
        String text = MARK + id + "_" + Secrets.text();
        List<String> names =
                bounds == null ? null : new TreeSet<>(bounds).stream().map(Tag::toString).toList();
        Kept record = new Kept(user, label, Secrets.hash(text), expiresAt.getEpochSecond(), names);
        repository.create(keyOf(id), SystemRecords.secret(json, record, TYPE, owner(user)));
        return text;
    }

    /**
     * Removes a key of a user.
     *
     * @throws NotFoundException if there is none
     */
    public void delete(String user, String id) {
        if (known.find(keyOf(id)).filter(key -> key.user().equals(user)).isEmpty()) {
            throw NotFoundException.missing(keyOf(id));
        }
        repository.delete(keyOf(id));
    }

    /** A page of the keys of a user. */
    public Page<Stored> list(String user, PageRequest page) {
        // Users and roles may carry any tag, one that looks like this among them.
        Condition where =
                new Condition.All(
                        List.of(new Condition.HasTag(TYPE), new Condition.HasTag(owner(user))));
        return search.search(SystemRecords.living(where, SortKey.Field.ID, false), page)
                .map(known::of);
    }

    /** The key of a text that was shown; empty if it is none, or has expired. */
    Optional<Stored> verify(String text) {
        Matcher matcher = KEY.matcher(text);
        return matcher.matches()
                ? find(matcher.group(1)).filter(key -> Secrets.matches(text, key.hash()))
                : Optional.empty();
    }

    /** A key that has not expired. */
    Optional<Stored> find(String id) {
        return known.find(keyOf(id)).filter(this::isGood);
    }

    /**
     * Removes a key if it has expired, within the transaction that surrounds the call.
     *
     * @return whether it was removed
     */
    boolean removeExpired(EntityKey key) {
        return known.removeIf(key, stored -> !isGood(stored));
    }

    private boolean isGood(Stored key) {
        return Instant.ofEpochSecond(key.expiresAt()).isAfter(clock.instant());
    }

    private static Tag owner(String user) {
        return Tag.parse("key-of:" + user);
    }

    private Stored parse(Entity entity) {
        Kept record = SystemRecords.read(json, entity, Kept.class);
        Set<Tag> bounds = null;
        if (record.bounds() != null) {
            bounds = new TreeSet<>(record.bounds().stream().map(Tag::parse).toList());
        }
        return new Stored(
                entity.key().id().substring(PREFIX.length()),
                record.user(),
                record.label(),
                record.hash(),
                record.expiresAt(),
                bounds);
    }
}

package io.entitydb.security;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The users, as entities of the reserved dataset. Calls that write belong to the transaction that
 * surrounds them.
 *
 * <p>A name is never given twice, because history names who did what by it: a user who was removed
 * can only be brought back as the same one.
 */
@Component
public final class Accounts {

    /** Shape of a name. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,62}");

    /** Owns what the service writes by itself; nobody can log in as it. */
    public static final String SYSTEM = "system";

    /** The same on every store, so that exports and tools know it. */
    public static final UUID SYSTEM_UUID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    /** The user of the first start. */
    public static final String ADMIN = "admin";

    static final Tag TYPE = Tag.parse("type:user");

    private static final String PREFIX = "user/";

    private static final EntityQuery ALL = SystemRecords.living(TYPE);

    private final EntityRepository repository;
    private final EntitySearch search;
    private final JsonMapper json;
    private final Versioned<Account> known;

    Accounts(EntityRepository repository, EntitySearch search, JsonMapper json) {
        this.repository = repository;
        this.search = search;
        this.json = json;
        this.known = new Versioned<>(repository, this::parse);
    }

    /** The entity that a user is. */
    public static EntityKey keyOf(String name) {
        return SystemRecords.key(PREFIX + name);
    }

    /** A user; empty if there is none, or the name cannot be one. */
    public Optional<Account> find(String name) {
        return NAME.matcher(name).matches() ? known.find(keyOf(name)) : Optional.empty();
    }

    /**
     * A user.
     *
     * @throws NotFoundException if there is none
     */
    public Account require(String name) {
        return find(name).orElseThrow(() -> NotFoundException.missing(keyOf(name)));
    }

    /** A page of the users, by name. */
    public Page<Account> list(PageRequest page) {
        return search.search(ALL, page).map(known::of);
    }

    /**
     * Makes a user.
     *
     * @param passwordHash null for one who cannot log in with a password
     * @throws VersionConflictException if the name is, or ever was, in use
     */
    public void create(
            String name,
            UUID uuid,
            @Nullable String displayName,
            @Nullable String passwordHash,
            Set<Tag> tags) {
        EntityKey key = keyOf(name);
        if (repository.latest(key).isPresent()) {
            throw new VersionConflictException(key, "the name is or was in use");
        }
        AccountRecord record = new AccountRecord(uuid, displayName, passwordHash, true, 0);
        repository.create(key, draft(record, tags));
    }

    /** Names a user otherwise. */
    public void rename(Account account, @Nullable String displayName) {
        write(account, account.tags(), record -> record.named(displayName));
    }

    /** Lets a user in, or keeps it out. */
    public void enable(Account account, boolean isOn) {
        write(account, account.tags(), record -> record.enabled(isOn));
    }

    /** Gives a user other tags. */
    public void retag(Account account, Set<Tag> tags) {
        write(account, tags, record -> record);
    }

    /** Gives a user another password, and ends what was given out under the one before. */
    public void changePassword(Account account, String hash) {
        write(account, account.tags(), record -> record.withPassword(hash));
    }

    /** Stores another hash of the same password. */
    void rehash(Account account, String hash) {
        write(account, account.tags(), record -> record.rehashed(hash));
    }

    /** Removes a user; the history stays. */
    public void delete(Account account) {
        repository.delete(keyOf(account.name()));
    }

    private void write(Account account, Set<Tag> tags, UnaryOperator<AccountRecord> change) {
        AccountRecord record =
                new AccountRecord(
                        account.uuid(),
                        account.displayName(),
                        account.passwordHash(),
                        account.isEnabled(),
                        account.credentials());
        repository.save(keyOf(account.name()), draft(change.apply(record), tags));
    }

    private EntityDraft draft(AccountRecord record, Set<Tag> tags) {
        Set<Tag> all = new HashSet<>(tags);
        all.add(TYPE);
        return SystemRecords.secret(json, record, all);
    }

    private Account parse(Entity entity) {
        AccountRecord record = SystemRecords.read(json, entity, AccountRecord.class);
        SortedSet<Tag> tags = new TreeSet<>(entity.tags().keySet());
        tags.remove(TYPE);
        return new Account(
                entity.key().id().substring(PREFIX.length()),
                entity.version().number(),
                record.uuid(),
                record.displayName(),
                record.passwordHash(),
                record.isEnabled(),
                record.credentials(),
                tags);
    }
}

package io.entitydb.security;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.query.SortKey;
import io.entitydb.storage.error.StorageException;

import lombok.extern.slf4j.Slf4j;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Removes sessions and keys that have expired, once a day and after a start, so that the reserved
 * dataset does not fill with what nobody can use. Whether something has expired is decided within
 * the transaction that removes it: a session that is used meanwhile stays.
 */
@Slf4j
@Component
public class Housekeeping {

    /** Most records of a kind that are looked at in one round; the next round goes on. */
    static final int MOST = 100_000;

    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final EntitySearch search;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final TransactionTemplate transactions;

    private final CountDownLatch ending = new CountDownLatch(1);

    Housekeeping(
            EntitySearch search,
            Sessions sessions,
            ApiKeys keys,
            PlatformTransactionManager manager) {
        this.search = search;
        this.sessions = sessions;
        this.keys = keys;
        this.transactions = new TransactionTemplate(manager);
    }

    /** Begins, on a thread of its own. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("entitydb-housekeeping").start(this::run);
    }

    /** Ends. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ending.countDown();
    }

    private void run() {
        try {
            Duration pause;
            do {
                pause = isTidied() ? PAUSE : RETRY;
            } while (!ending.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTidied() {
        try {
            int removed = tidy();
            if (removed > 0) {
                log.atInfo().addKeyValue("removed", removed).log("expired sessions and keys");
            }
            return true;
        } catch (StorageException | SearchUnavailableException e) {
            log.debug("expired sessions and keys are looked for again later: {}", e.getMessage());
            return false;
        }
    }

    /**
     * One round.
     *
     * @return how many were removed
     * @throws StorageException if the store takes no writes
     * @throws SearchUnavailableException if they cannot be found at present
     */
    int tidy() {
        return remove(Sessions.TYPE, sessions::removeExpired)
                + remove(ApiKeys.TYPE, keys::removeExpired);
    }

    /** Those that were not used for longest come first. */
    private int remove(Tag type, Predicate<EntityKey> removal) {
        EntityQuery query =
                SystemRecords.living(new Condition.HasTag(type), SortKey.Field.UPDATED_AT, false);
        int removed = 0;
        int seen = 0;
        String cursor = null;
        do {
            Page<Entity> page = search.search(query, new PageRequest(PAGE, cursor, false));
            for (Entity found : page.items()) {
                removed += isRemoved(found.key(), removal) ? 1 : 0;
            }
            seen += page.items().size();
            cursor = page.next();
        } while (cursor != null && seen < MOST);
        return removed;
    }

    private boolean isRemoved(EntityKey key, Predicate<EntityKey> removal) {
        try {
            return Boolean.TRUE.equals(transactions.execute(status -> removal.test(key)));
        } catch (VersionConflictException e) {
            // It was used, or removed, by somebody else.
            return false;
        }
    }
}

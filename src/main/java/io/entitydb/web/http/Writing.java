package io.entitydb.web.http;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.temporal.AsOf;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

/**
 * Writes one version of one entity, and tells the client in which transaction.
 *
 * <p>Of two transactions that write the same entity the first to commit wins. So that a client who
 * states no condition does not lose to another, the writers of one entity queue up here, and a
 * commit that lost all the same is made again from the beginning: conditions are checked anew, on
 * the state that won.
 */
@Component
public final class Writing {

    /** Commits of one change: only writers that do not queue here can make one lose. */
    static final int ATTEMPTS = 8;

    private final TransactionTemplate transactions;
    private final EntityRepository repository;
    private final TransactionHeader header;
    private final WriterQueues queues = new WriterQueues();

    /** Writes to the repository within transactions of the manager. */
    public Writing(
            PlatformTransactionManager manager,
            EntityRepository repository,
            TransactionHeader header) {
        this.transactions = new TransactionTemplate(manager);
        this.repository = repository;
        this.header = header;
    }

    /**
     * Writes in a transaction and commits it.
     *
     * @param key the entity that the work writes
     * @param work writes once and gives the number of the version; runs again after a lost commit
     * @return the version as it was committed
     * @throws VersionConflictException if the work says so, or every commit was lost
     */
    public Entity write(EntityKey key, LongSupplier work) {
        Lock queue = queues.of(key);
        queue.lock();
        try {
            return written(key, commit(work));
        } finally {
            queue.unlock();
        }
    }

    private long commit(LongSupplier work) {
        for (int attempt = 1; ; attempt++) {
            Attempt once = new Attempt(work);
            try {
                return transactions.execute(once);
            } catch (VersionConflictException e) {
                if (!once.isFinished || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Entity written(EntityKey key, long version) {
        Entity entity =
                repository
                        .find(key, new AsOf.AtVersion(version))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "version "
                                                        + version
                                                        + " was committed and is gone"));
        header.tell(entity.version().transaction());
        return entity;
    }

    /** Tells a conflict that the work found in its snapshot from one that ended the commit. */
    private static final class Attempt implements TransactionCallback<Long> {

        private final LongSupplier work;
        private boolean isFinished;

        private Attempt(LongSupplier work) {
            this.work = work;
        }

        @Override
        public Long doInTransaction(TransactionStatus status) {
            long version = work.getAsLong();
            isFinished = true;
            return version;
        }
    }
}

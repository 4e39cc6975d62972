package io.entitydb.web.http;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.security.Standing;
import io.entitydb.temporal.AsOf;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes in transactions, and tells the client in which.
 *
 * <p>Of two transactions that write the same entity the first to commit wins. So that a client who
 * states no condition does not lose to another, the writers of one entity queue up here, and a
 * commit that lost all the same is made again from the beginning: conditions are checked anew, on
 * the state that won.
 */
@Component
public final class Writing {

    /** Commits of the same work: only writers that do not queue here can make one lose. */
    static final int ATTEMPTS = 8;

    private final TransactionTemplate transactions;
    private final EntityRepository repository;
    private final TransactionHeader header;
    private final Runnable check;
    private final WriterQueues queues = new WriterQueues();

    /** Writes for callers who still may when the transaction begins. */
    @Autowired
    Writing(
            PlatformTransactionManager manager,
            EntityRepository repository,
            TransactionHeader header,
            Standing standing) {
        this(manager, repository, header, standing::require);
    }

    /** Writes to the repository within transactions of the manager. */
    public Writing(
            PlatformTransactionManager manager,
            EntityRepository repository,
            TransactionHeader header) {
        this(manager, repository, header, () -> {});
    }

    private Writing(
            PlatformTransactionManager manager,
            EntityRepository repository,
            TransactionHeader header,
            Runnable check) {
        this.check = check;
        this.transactions = new TransactionTemplate(manager);
        this.repository = repository;
        this.header = header;
    }

    /**
     * Writes one version of one entity and commits it.
     *
     * @param key the entity that the work writes
     * @param work writes once and gives the number of the version; runs again after a lost commit
     * @return the version as it was committed
     * @throws VersionConflictException if the work says so, or every commit was lost
     */
    public Entity write(EntityKey key, LongSupplier work) {
        return committed(key, write(List.of(key), work::getAsLong));
    }

    /**
     * Writes in a transaction and commits it.
     *
     * @param keys the entities that the work writes or relies on
     * @param work runs again after a lost commit
     * @return what the work gave when its commit won
     * @throws VersionConflictException if the work says so, or every commit was lost
     */
    public <T> T write(Collection<EntityKey> keys, Supplier<T> work) {
        List<Lock> locks = queues.of(keys);
        locks.forEach(Lock::lock);
        try {
            return commit(work);
        } finally {
            locks.forEach(Lock::unlock);
        }
    }

    /** Does what a transaction would do, on the newest state, and forgets it. */
    public <T> T tryOut(Supplier<T> work) {
        return transactions.execute(
                status -> {
                    status.setRollbackOnly();
                    check.run();
                    header.tell(repository.snapshot());
                    return work.get();
                });
    }

    /** A version that was just committed; tells the client its transaction. */
    public Entity committed(EntityKey key, long version) {
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

    private <T> T commit(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            Attempt<T> once = new Attempt<>(check, work);
            try {
                return transactions.execute(once);
            } catch (VersionConflictException e) {
                if (!once.isFinished || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Tells a conflict that the work found in its snapshot from one that ended the commit. */
    private static final class Attempt<T> implements TransactionCallback<T> {

        private final Runnable check;
        private final Supplier<T> work;
        private boolean isFinished;

        private Attempt(Runnable check, Supplier<T> work) {
            this.check = check;
            this.work = work;
        }

        @Override
        public T doInTransaction(TransactionStatus status) {
            check.run();
            T result = work.get();
            isFinished = true;
            return result;
        }
    }
}

package io.entitydb.transaction;

import io.entitydb.entity.PrincipalSource;
import io.entitydb.entity.StepObserver;
import io.entitydb.storage.StorageEngine;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SmartTransactionObject;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Makes {@code @Transactional} and {@code TransactionTemplate} work over the engine.
 *
 * <p><b>Isolation:</b> snapshot isolation, the first committer wins. It gives at least what
 * READ_UNCOMMITTED, READ_COMMITTED and REPEATABLE_READ promise; SERIALIZABLE is refused, because
 * two transactions that each read what the other writes may both commit. {@link
 * io.entitydb.entity.EntityRepository#expect} guards against that, entity by entity.
 *
 * <p><b>Propagation:</b> all but NESTED within a transaction, which is refused: there are no
 * savepoints.
 *
 * <p><b>Time:</b> the deadline is checked at each call of the repository and at the commit; nothing
 * of a transaction that missed it is written. A commit that was handed over in time is waited for
 * as long as the engine's own limit says.
 *
 * <p><b>Errors:</b> what the engine throws at begin and commit passes through as it is, so that
 * callers can tell a {@link io.entitydb.entity.VersionConflictException} from a {@link
 * io.entitydb.storage.error.StorageFullException}; nothing was written then. The exception is
 * {@link io.entitydb.storage.error.OutcomeUnknownException}, after which synchronizations are told
 * {@code STATUS_UNKNOWN}. Beans marked {@code @Repository} get them as Spring's {@code
 * DataAccessException}: see {@link EntityExceptionTranslator}.
 *
 * <p>Thread-safe. A transaction belongs to the thread, platform or virtual, that began it.
 */
final class EntityTransactionManager extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient StorageEngine engine;
    private final transient PrincipalSource principals;
    private final transient LongSupplier ticker;
    private final transient StepObserver steps;

    /**
     * A manager of the transactions of one engine, which need not be open yet.
     *
     * @param ticker nanoseconds that only grow, for deadlines
     */
    EntityTransactionManager(
            StorageEngine engine, PrincipalSource principals, LongSupplier ticker) {
        this(engine, principals, ticker, StepObserver.NONE);
    }

    /**
     * A manager whose commits are observed.
     *
     * @param ticker nanoseconds that only grow, for deadlines
     * @param steps is around each commit that may write
     */
    EntityTransactionManager(
            StorageEngine engine,
            PrincipalSource principals,
            LongSupplier ticker,
            StepObserver steps) {
        this.engine = engine;
        this.principals = principals;
        this.ticker = ticker;
        this.steps = steps;
        // A commit that throws wrote nothing, or says itself that the outcome is unknown.
        setRollbackOnCommitFailure(true);
    }

    @Override
    protected Object doGetTransaction() {
        return new Handle(RunningTransaction.bound(engine));
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return ((Handle) transaction).running != null;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (definition.getIsolationLevel() == TransactionDefinition.ISOLATION_SERIALIZABLE) {
            throw new InvalidIsolationLevelException(
                    "isolation SERIALIZABLE is not supported: transactions have snapshot"
                            + " isolation");
        }
        Deadline deadline = Deadline.after(determineTimeout(definition), ticker);
        RunningTransaction running =
                new RunningTransaction(
                        engine.begin(principals.current()), definition.isReadOnly(), deadline);
        running.bind(engine);
        ((Handle) transaction).running = running;
    }

    @Override
    protected Object doSuspend(Object transaction) {
        ((Handle) transaction).running = null;
        return RunningTransaction.unbind(engine);
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspended) {
        ((RunningTransaction) suspended).bind(engine);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        RunningTransaction running = running(status.getTransaction());
        if (running.isReadOnly()) {
            running.commit();
        } else {
            steps.observed(StepObserver.Step.COMMIT, running::commit);
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        running(status.getTransaction()).rollback();
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        running(status.getTransaction()).markRollbackOnly();
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        RunningTransaction.unbind(engine);
        ((Handle) transaction).running = null;
    }

    private static RunningTransaction running(Object transaction) {
        return Objects.requireNonNull(((Handle) transaction).running, "no transaction");
    }

    /** What Spring holds on to for one use of a transaction, by its beginner or a participant. */
    private static final class Handle implements SmartTransactionObject {

        private @Nullable RunningTransaction running;

        private Handle(@Nullable RunningTransaction running) {
            this.running = running;
        }

        @Override
        public boolean isRollbackOnly() {
            return running != null && running.isRollbackOnly();
        }
    }
}

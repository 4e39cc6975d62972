package io.entitydb.transaction;

import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.temporal.AsOf;

import lombok.RequiredArgsConstructor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The repository over the engine: joins the transaction of the present thread, or makes one of its
 * own for a single call.
 *
 * <p><b>Errors:</b> besides those of the port, {@link io.entitydb.storage.error.StorageException};
 * within a transaction of Spring {@link
 * org.springframework.transaction.TransactionTimedOutException} when its deadline has passed, and
 * {@link org.springframework.transaction.IllegalTransactionStateException} for a change in a
 * read-only one.
 */
@RequiredArgsConstructor
final class EngineEntityRepository implements EntityRepository {

    private final StorageEngine engine;
    private final PrincipalSource principals;

    @Override
    public long snapshot() {
        return present().sequence();
    }

    @Override
    public boolean await(long sequence, Duration patience) throws InterruptedException {
        return engine.await(sequence, patience);
    }

    @Override
    public Optional<Entity> find(EntityKey key) {
        return latest(key).filter(entity -> !entity.isDeleted());
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        RunningTransaction running = RunningTransaction.current(engine);
        return running == null ? engine.snapshot().latest(key) : running.forReading().latest(key);
    }

    @Override
    public Optional<Entity> find(EntityKey key, AsOf asOf) {
        Snapshot present = present();
        return switch (asOf) {
            case AsOf.AtInstant(var instant) -> engine.snapshotAt(instant).latest(key);
            case AsOf.AtTransaction(var sequence) -> engine.snapshotAt(sequence).latest(key);
            case AsOf.AtVersion(var number) -> present.version(key, number);
        };
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        return present().history(key, range);
    }

    @Override
    public long create(EntityKey key, EntityDraft draft) {
        return write(key, transaction -> transaction.create(key, draft));
    }

    @Override
    public long save(EntityKey key, EntityDraft draft) {
        return write(key, transaction -> transaction.save(key, draft));
    }

    @Override
    public long delete(EntityKey key) {
        return write(key, transaction -> transaction.delete(key));
    }

    @Override
    public long restore(EntityKey key) {
        return write(key, transaction -> transaction.restore(key));
    }

    @Override
    public ContentUpload upload(EntityKey key) {
        return engine.upload(key);
    }

    @Override
    public void expect(EntityKey key, long version) {
        RunningTransaction running = RunningTransaction.current(engine);
        if (running != null) {
            running.forReading().expect(key, version);
        } else {
            alone(
                    transaction -> {
                        transaction.expect(key, version);
                        return version;
                    });
        }
    }

    private Snapshot present() {
        RunningTransaction running = RunningTransaction.current(engine);
        return running == null ? engine.snapshot() : running.forReading().snapshot();
    }

    private long write(EntityKey key, ToLongFunction<Transaction> change) {
        RunningTransaction running = RunningTransaction.current(engine);
        return running == null ? alone(change) : change.applyAsLong(running.forWriting(key));
    }

    private long alone(ToLongFunction<Transaction> change) {
        Transaction transaction = engine.begin(principals.current());
        try {
            long version = change.applyAsLong(transaction);
            transaction.commit();
            return version;
        } finally {
            transaction.rollback();
        }
    }
}

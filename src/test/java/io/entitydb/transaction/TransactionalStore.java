package io.entitydb.transaction;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.EntityStore;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.storage.ModelEntityStore;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.Disk;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The product's repository and transactions over an engine, wired without a Spring context. */
public final class TransactionalStore implements EntityStore {

    private static final long TWENTY_TWENTY_FIVE = 1_735_689_600_000_000_000L;

    private final StorageEngine engine;
    private final EntityRepository repository;
    private final PlatformTransactionManager manager;
    private final ChangeBell bell = new ChangeBell();

    private TransactionalStore(StorageEngine engine, PrincipalSource principals) {
        this.engine = engine;
        this.repository = new EngineEntityRepository(engine, principals);
        this.manager = new EntityTransactionManager(engine, principals, System::nanoTime);
    }

    /** Opens an engine and puts the repository over it; closing closes the engine. */
    public static TransactionalStore over(StorageEngine engine) {
        engine.open();
        return new TransactionalStore(engine, () -> "tester");
    }

    /** An open store in memory that does all that the product promises but outlive the process. */
    public static TransactionalStore inMemory() {
        return over(new ModelEntityStore(tickingClock()));
    }

    /**
     * An engine over a disk that grows and writes checkpoints in small steps, so that both happen.
     */
    public static StorageEngine smallEngine(Disk disk) {
        StorageOptions defaults = StorageOptions.defaults();
        StorageOptions small =
                defaults.toBuilder().growthBytes(512 * 1024).checkpointBytes(256 * 1024).build();
        return StorageEngine.over(disk, small, StorageObserver.NONE);
    }

    /** A clock that is a microsecond later each time it is read. */
    public static LongSupplier tickingClock() {
        AtomicLong nanos = new AtomicLong(TWENTY_TWENTY_FIVE);
        return () -> nanos.addAndGet(1000);
    }

    /** The engine below. */
    public StorageEngine engine() {
        return engine;
    }

    /** Its changes; waits end only when a test wakes them. */
    public ChangeLog changes() {
        return new EngineChangeLog(engine, bell);
    }

    /** The manager of its transactions. */
    public PlatformTransactionManager manager() {
        return manager;
    }

    @Override
    public EntityRepository repository() {
        return repository;
    }

    @Override
    public String principal() {
        return "tester";
    }

    @Override
    public <T> T fromTransaction(Supplier<T> work) {
        return Objects.requireNonNull(
                new TransactionTemplate(manager).execute(_ -> work.get()), "no result");
    }

    @Override
    public void restart() {
        engine.close();
        engine.open();
    }

    @Override
    public void close() {
        engine.close();
    }
}

package io.entitydb.entity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What every implementation of {@link EntityRepository} does. A subclass supplies the store and
 * inherits every test; the tests stand in the interfaces, one for each side of the promise.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class EntityRepositoryContract
        implements LifeContract,
                TimesContract,
                PastContract,
                IsolationContract,
                ConflictContract,
                LimitsContract,
                RestartContract,
                ConcurrencyContract {

    private @Nullable EntityStore store;

    /** A new, empty, open store. */
    protected abstract EntityStore open();

    @Override
    public final EntityStore store() {
        return Objects.requireNonNull(store, "no test runs");
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store().close();
    }
}

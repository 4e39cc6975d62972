package io.entitydb.entity;

import java.util.function.Supplier;

/** A repository under test, with what surrounds it in a service. Open when it is handed over. */
public interface EntityStore extends AutoCloseable {

    /** The repository. */
    EntityRepository repository();

    /** In whose name it writes. */
    String principal();

    /**
     * Runs work in one transaction and commits it; an exception of the work rolls back and passes
     * through, and so does one of the commit.
     */
    <T> T fromTransaction(Supplier<T> work);

    /** As {@link #fromTransaction}, for work without a result. */
    default void inTransaction(Runnable work) {
        fromTransaction(
                () -> {
                    work.run();
                    return true;
                });
    }

    /** Closes the store properly and opens it again; the repository stays the same object. */
    void restart();

    @Override
    void close();
}

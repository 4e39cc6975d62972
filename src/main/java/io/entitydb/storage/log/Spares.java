package io.entitydb.storage.log;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Things that are made once and lent again and again, a few at a time. Thread-safe, never waits:
 * whoever finds none gets one that is made for it. Virtual threads are too many to have one each.
 */
public final class Spares<T> {

    private static final int PLACES = 32;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    /** Things that a maker makes. */
    public Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that nobody else has until it is given back. */
    public T take() {
        T spare = places.getAndSet(place(), null);
        return spare == null ? maker.get() : spare;
    }

    /** Gives one back; one that was not given back is forgotten. */
    public void give(T spare) {
        places.setRelease(place(), spare);
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (PLACES - 1);
    }
}

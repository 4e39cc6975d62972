package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Things that one thread at a time uses, made when there are too few. */
final class Pool<T> {

    private final Queue<T> free = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    <R extends @Nullable Object> R with(Function<T, R> use) {
        T taken = free.poll();
        T used = taken == null ? maker.get() : taken;
        R result = use.apply(used);
        free.add(used);
        return result;
    }

    /** Closes those that nobody uses; called when nobody uses any. */
    void close(Consumer<T> closer) {
        for (T free = this.free.poll(); free != null; free = this.free.poll()) {
            closer.accept(free);
        }
    }
}

package io.entitydb.web.http;

import io.entitydb.entity.EntityKey;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Locks for entities. A few entities share one: that costs time, never correctness. */
final class WriterQueues {

    /** A power of two, many times the number of clients that write at once. */
    private static final int COUNT = 1024;

    private final Lock[] locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(COUNT).toArray(Lock[]::new);

    /**
     * The locks of entities, each once, in an order that is the same for all: who takes them in it
     * waits for nobody who waits for him. Each lock: first come, first served.
     */
    List<Lock> of(Collection<EntityKey> keys) {
        return keys.stream()
                .mapToInt(WriterQueues::indexOf)
                .sorted()
                .distinct()
                .mapToObj(index -> locks[index])
                .toList();
    }

    private static int indexOf(EntityKey key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }
}

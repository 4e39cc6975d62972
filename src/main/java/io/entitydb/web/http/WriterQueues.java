package io.entitydb.web.http;

import io.entitydb.entity.EntityKey;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Locks for entities. A few entities share one: that costs time, never correctness. */
final class WriterQueues {

    /** A power of two, many times the number of clients that write at once. */
    private static final int COUNT = 1024;

    private final Lock[] locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(COUNT).toArray(Lock[]::new);

    /** The lock of an entity: first come, first served. */
    Lock of(EntityKey key) {
        int hash = key.hashCode();
        return locks[(hash ^ (hash >>> 16)) & (COUNT - 1)];
    }
}

package io.entitydb.storage.header;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that counts who had to wait. The clock is read only by those who wait, so an acquisition
 * without contention costs one more increment than a plain lock.
 */
final class MeasuredLock {

    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder acquired = new LongAdder();
    private final LongAdder contended = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();

    /**
     * Takes the lock, waiting for it if another thread holds it.
     *
     * @throws IllegalStateException if the calling thread holds it already
     */
    void acquire() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("the header is being changed by this very thread");
        }
        if (!lock.tryLock()) {
            contended.increment();
            long start = System.nanoTime();
            lock.lock();
            waitNanos.add(System.nanoTime() - start);
        }
        acquired.increment();
    }

    /** Gives the lock back. */
    void release() {
        lock.unlock();
    }

    /** How often it was taken. */
    long acquired() {
        return acquired.sum();
    }

    /** How often a thread had to wait for it, including those that still do. */
    long contended() {
        return contended.sum();
    }

    /** How long they waited. */
    long waitNanos() {
        return waitNanos.sum();
    }
}

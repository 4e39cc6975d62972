package io.entitydb.storage;

import io.entitydb.storage.log.FrameChain;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest state that readers see. The writer moves it forward once a batch is durable and
 * applied; reading it is one volatile read.
 */
final class Published {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile FrameChain border;
    private volatile boolean isClosed;
    private final AtomicInteger waiting = new AtomicInteger();

    Published(FrameChain border) {
        this.border = border;
    }

    /** Border after the newest visible transaction. */
    FrameChain border() {
        return border;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Makes everything before a border visible. */
    void advance(FrameChain to) {
        border = to;
        wakeAll();
    }

    /** Wakes everybody who waits for transactions that will not come. */
    void close() {
        isClosed = true;
        wakeAll();
    }

    /**
     * Waits until a later transaction than the given one is visible, the store is closed or the
     * time is over.
     */
    void awaitBeyond(long sequence, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting.incrementAndGet();
            long left = nanos;
            while (border.sequence() <= sequence && !isClosed && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Takes the lock only for those who wait: a waiter counts itself before it looks. */
    private void wakeAll() {
        if (waiting.get() == 0) {
            return;
        }
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

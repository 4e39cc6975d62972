package io.entitydb.storage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A signal between threads of the Java platform, virtual ones included.
 *
 * <p><b>Why no wake-up is lost.</b> A waiter counts itself before it looks at the condition;
 * whoever raises has changed the state before it looks at the count. Both are volatile, so at least
 * one of them sees the other: either the waiter finds the condition true, or the count is not zero.
 * In the second case the lock decides: the waiter holds it from its look until it sleeps.
 */
final class PlatformSignal implements Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void raise() {
        if (waiting.get() == 0) {
            return;
        }
        lock.lock();
        try {
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        waiting.incrementAndGet();
        try {
            long left = patience.toNanos();
            boolean holds = condition.getAsBoolean();
            while (!holds && left > 0) {
                left = raised.awaitNanos(left);
                holds = condition.getAsBoolean();
            }
            return holds;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}

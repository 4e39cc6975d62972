package io.entitydb.storage;

import io.entitydb.storage.log.FrameChain;

import java.time.Duration;

/**
 * The newest state that readers see, and the newest that is durable. The writer moves both forward;
 * reading either is one volatile read. The two differ only with interval durability.
 */
final class Published {

    private final Signal moved;
    private volatile FrameChain border;
    private volatile FrameChain durable;
    private volatile boolean isClosed;

    Published(FrameChain border, Signal moved) {
        this.border = border;
        this.moved = moved;
        durable = border;
    }

    /** Border after the newest visible transaction. */
    FrameChain border() {
        return border;
    }

    /** Border before which everything is forced. */
    FrameChain durable() {
        return durable;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Makes everything before a border visible. */
    void advance(FrameChain to) {
        border = to;
    }

    /** Everything visible is forced. */
    void forced() {
        durable = border;
        moved.raise();
    }

    /** Wakes everybody who waits for transactions that will not come. */
    void close() {
        isClosed = true;
        moved.raise();
    }

    /**
     * Waits until more is durable than what lies before a position, the store is closed or the time
     * is over.
     */
    void awaitBeyond(long position, Duration patience) throws InterruptedException {
        moved.await(() -> durable.position() > position || isClosed, patience);
    }

    /**
     * Waits until a transaction is visible, the store is closed or the time is over. Where forces
     * are made in intervals, what becomes visible between two of them may be noticed at the second.
     */
    void awaitSequence(long sequence, Duration patience) throws InterruptedException {
        if (border.sequence() < sequence) {
            moved.await(() -> border.sequence() >= sequence || isClosed, patience);
        }
    }
}

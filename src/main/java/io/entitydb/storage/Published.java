package io.entitydb.storage;

import io.entitydb.storage.log.FrameChain;

import java.time.Duration;

/**
 * The newest state that readers see. The writer moves it forward once a batch is durable and
 * applied; reading it is one volatile read.
 */
final class Published {

    private final Signal moved;
    private volatile FrameChain border;
    private volatile boolean isClosed;

    Published(FrameChain border, Signal moved) {
        this.border = border;
        this.moved = moved;
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
        moved.raise();
    }

    /** Wakes everybody who waits for transactions that will not come. */
    void close() {
        isClosed = true;
        moved.raise();
    }

    /**
     * Waits until a later transaction than the given one is visible, the store is closed or the
     * time is over.
     */
    void awaitBeyond(long sequence, Duration patience) throws InterruptedException {
        moved.await(() -> border.sequence() > sequence || isClosed, patience);
    }
}

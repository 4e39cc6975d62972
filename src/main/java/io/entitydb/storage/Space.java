package io.entitydb.storage;

import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;

/**
 * Claims space before a commit needs it: zeroed, forced, and told by the header before it is used.
 * Used by the writer's thread only.
 *
 * <p>Zeroing a whole step at once would hold up everybody who waits for the writer. So once half of
 * the claimed space is used, each batch takes a piece of the next step along to its own force.
 */
final class Space {

    /** Fewest bytes that a batch zeroes along with it: about as long as the force itself. */
    private static final long PIECE_BYTES = 256 << 10;

    /** Zeroes for each byte of a batch: a step is complete before the half is used up. */
    private static final long ZEROS_PER_BYTE = 2;

    private static final long PAGE_BYTES = 4096;

    private final Wal wal;
    private final RecoveredStore store;
    private final HeaderSync headerSync;
    private final StorageOptions options;
    private final StorageObserver observer;
    private volatile boolean isFull;

    /** Whether no space was found ahead of a claim that is still to come. */
    private boolean isRefusedAhead;

    Space(RecoveredStore store, EngineSettings settings) {
        this.store = store;
        wal = store.wal();
        headerSync = store.headerSync();
        options = settings.options();
        observer = settings.observer();
    }

    /** Whether the last attempt to claim space found none. */
    boolean isFull() {
        return isFull;
    }

    /**
     * Makes sure that so many bytes can be appended.
     *
     * @throws StorageFullException if there is no space; nothing that counts was touched
     */
    void reserve(long bytes) {
        long missing = bytes - wal.freeBytes();
        if (missing > 0) {
            claim(missing);
        }
    }

    /**
     * Zeroes a piece of the next step, if it will be needed soon; the force of the batch carries
     * it. Where there is no space, the claim finds that out again.
     *
     * @param batchBytes bytes of the batch
     */
    void ahead(long batchBytes) {
        long target = wal.allocatedBytes() + options.growthBytes();
        long missing = target - wal.zeroedBytes();
        if (isRefusedAhead
                || missing <= 0
                || target > options.maxFileBytes()
                || wal.freeBytes() > options.growthBytes() / 2) {
            return;
        }
        long wanted = Math.max(PIECE_BYTES, ZEROS_PER_BYTE * batchBytes);
        try {
            wal.zeroAhead(Math.min(missing, Math.ceilDiv(wanted, PAGE_BYTES) * PAGE_BYTES));
        } catch (StorageFullException e) {
            isRefusedAhead = true;
        }
    }

    /**
     * Claims what was zeroed ahead: a file that is longer than its header says looks as if it had
     * not been closed.
     */
    void claimZeroed() {
        if (wal.zeroedBytes() > wal.allocatedBytes()) {
            claimUpTo(wal.zeroedBytes());
        }
    }

    /** Tries to claim space again after there was none. */
    void probe() {
        try {
            claim(options.growthBytes());
        } catch (StorageFullException e) {
            isFull = true;
        }
    }

    private void claim(long bytes) {
        long steps = Math.ceilDiv(bytes, options.growthBytes());
        long before = wal.allocatedBytes();
        long size = before + steps * options.growthBytes();
        try {
            if (size > options.maxFileBytes()) {
                throw new StorageFullException(size - before, options.maxFileBytes() - before);
            }
            claimUpTo(size);
        } catch (StorageFullException e) {
            isFull = true;
            throw e;
        }
        isFull = false;
    }

    private void claimUpTo(long size) {
        long before = wal.allocatedBytes();
        wal.claim(size);
        isRefusedAhead = false;
        headerSync.update(header -> header.withFileSize(size));
        wal.allocated(size);
        store.reader().readable(size);
        observer.extended(size - before);
    }
}

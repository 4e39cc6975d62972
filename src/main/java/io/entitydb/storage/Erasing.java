package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.erase.LedgerEntry;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.log.ChunkSearch;
import io.entitydb.storage.log.EraseTable;
import io.entitydb.storage.log.EraseWalk;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.LooseChunks;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Erases entities, one at a time: plans on the thread of the caller, batch by batch, and has each
 * batch done by the writer, so that no commit waits for more than one of them. Thread-safe.
 *
 * <p>An erasure that the ledger has is going to be finished, whatever happens to who asked for it:
 * by the next one, or when the store is opened. Until then the entity reads as erased and takes no
 * writes.
 */
final class Erasing {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OpenStore store;
    private final ErasureLedger ledger;
    private final EraseTable table;
    private final EraseCommit writer;
    private final ChunkSearch chunks;
    private boolean isClosed;

    Erasing(OpenStore store) {
        this.store = store;
        ledger = store.parts().ledger();
        table = store.reader().erasing();
        writer = new EraseCommit(store);
        chunks = new ChunkSearch(store.reader(), store::hashOf);
    }

    /** Erases all versions that an entity has. */
    synchronized ErasedEntity erase(EntityKey key, String principal) {
        if (isClosed) {
            throw new StorageClosedException("being replaced");
        }
        store.writer().requireSpace();
        finishPending();
        if (table.isErasing(key)) {
            ledger.pending().stream()
                    .filter(entry -> entry.key().equals(key))
                    .forEach(this::finish);
        }
        while (true) {
            VersionRecord head = head(key);
            if (head == null) {
                throw NotFoundException.missing(key);
            }
            FrameChain tail = store.parts().wal().tail();
            long at = Math.max(store.settings().disk().now(), tail.commitTime());
            LedgerEntry plan = new LedgerEntry(0, key, head.number(), at, principal);
            Run run = new Run(head, plan);
            if (run.play()) {
                return new ErasedEntity(head.number(), run.versions, tail.sequence());
            }
        }
    }

    /**
     * Finishes what the ledger has and this file does not: before anything is readable. What cannot
     * be finished, for lack of space, because of damage, or because the store takes no writes,
     * reads as erased all the same.
     */
    synchronized void finishPending() {
        if (store.isReadOnly()) {
            ledger.pending().forEach(this::hide);
            return;
        }
        for (LedgerEntry entry : ledger.pending()) {
            try {
                finish(entry);
            } catch (StorageException e) {
                hide(entry);
            }
        }
    }

    /** Waits for the erasure that runs, and takes no more. */
    synchronized void close() {
        isClosed = true;
    }

    private void hide(LedgerEntry entry) {
        table.hide(entry.key(), entry.version(), entry.at());
    }

    private void finish(LedgerEntry entry) {
        VersionRecord head = head(entry.key());
        if (head == null) {
            end(entry);
        } else if (!new Run(head, entry).play()) {
            throw new VersionConflictException(entry.key(), "it is being changed");
        }
    }

    private @Nullable VersionRecord head(EntityKey key) {
        return switch (store.newest(key)) {
            case Newest.Absent absent -> null;
            case Newest.Sound(VersionRecord record) -> record;
            case Newest.Damaged damaged -> throw damaged.damage();
        };
    }

    private void end(LedgerEntry entry) {
        store.writer().call(() -> writer.end(entry), PATIENCE);
    }

    /** One erasure. */
    private final class Run {

        private final VersionRecord head;
        private final EraseWalk walk;
        private final LooseChunks loose;
        private LedgerEntry entry;
        private long versions;

        private Run(VersionRecord head, LedgerEntry plan) {
            this.head = head;
            entry = plan;
            walk =
                    new EraseWalk(
                            store.reader(),
                            head,
                            plan.version(),
                            plan.at(),
                            store.settings().options().batchBytes());
            loose =
                    new LooseChunks(
                            chunks,
                            plan.key(),
                            walk.kept(),
                            store.settings().options().batchBytes());
        }

        /**
         * Erases all of it.
         *
         * @return false if nothing was done, because the entity has another newest version
         */
        private boolean play() {
            for (EraseWalk.Batch batch = next(); batch != null; batch = next()) {
                if (!erase(batch)) {
                    return false;
                }
                versions += batch.versions();
            }
            if (entry.number() > 0) {
                end(entry);
            }
            return true;
        }

        /** Once the first batch is erased, no upload adds to what is found last. */
        private EraseWalk.@Nullable Batch next() {
            EraseWalk.Batch batch = walk.next();
            return batch != null ? batch : loose.next(store.parts().wal().tail().position());
        }

        private boolean erase(EraseWalk.Batch batch) {
            EraseCommit.Part part =
                    new EraseCommit.Part(head, store.hashOf(entry.key()), entry, batch);
            return switch (store.writer().call(() -> writer.erase(part), PATIENCE)) {
                case EraseCommit.Outcome.Erased(LedgerEntry begun) -> {
                    entry = begun;
                    yield true;
                }
                case EraseCommit.Outcome.Moved m -> false;
                case EraseCommit.Outcome.Refused(StorageFullException reason) -> throw reason;
            };
        }
    }
}

package io.entitydb.storage;

import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.erase.LedgerEntry;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.EraseTable;
import io.entitydb.storage.log.EraseWalk;
import io.entitydb.storage.log.ErasedRecord;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;

import java.nio.ByteBuffer;

/**
 * The writer's part of an erasure, between two batches of transactions: the ledger, the mark, and
 * the bytes themselves. Used by the writer's thread only.
 *
 * <p><b>Order.</b> The ledger's entry is forced before the mark is written, the mark is forced
 * before the first record is overwritten, and the records are forced before anything else happens
 * on this thread. So neither a checkpoint nor a header ever passes a mark whose records are not
 * overwritten durably, and whatever is half done is named by the ledger. A write or force that
 * fails leaves the method as an exception, which poisons the writer.
 */
final class EraseCommit {

    private static final int USUAL_MARK_BYTES = 8 << 10;

    private final RecoveredStore store;
    private final Wal wal;
    private final HeaderSync headerSync;
    private final Space space;
    private final Forcing forcing;
    private final Published published;
    private final ErasureLedger ledger;
    private final EraseTable table;
    private final Uploads uploads;
    private final FrameAppender appender;

    EraseCommit(OpenStore open) {
        store = open.parts();
        published = open.published();
        uploads = open.uploads();
        Writer writer = open.writer();
        space = writer.space();
        forcing = writer.forcing();
        wal = store.wal();
        headerSync = store.headerSync();
        ledger = store.ledger();
        table = store.reader().erasing();
        appender =
                new FrameAppender(
                        headerSync.current().identity(),
                        store.reader().dictionary(),
                        USUAL_MARK_BYTES,
                        wal.tail());
    }

    /**
     * A part of an erasure.
     *
     * @param head the newest version of the entity, as long as it is that
     * @param hash of its key in the entity index
     * @param plan what is erased; its number is 0 as long as the ledger has no entry
     * @param batch what is overwritten
     */
    record Part(VersionRecord head, long hash, LedgerEntry plan, EraseWalk.Batch batch) {}

    /** How a part ended. */
    sealed interface Outcome {

        /** It is erased. */
        record Erased(LedgerEntry entry) implements Outcome {}

        /** Nothing happened: the entity has another newest version. */
        record Moved() implements Outcome {}

        /** Nothing happened: there is no space. */
        record Refused(StorageFullException reason) implements Outcome {}
    }

    /** Erases a part; it is erased durably when this returns. */
    Outcome erase(Part part) {
        long position = part.head().position();
        if (store.index().find(part.hash(), at -> at == position) != position) {
            return new Outcome.Moved();
        }
        LedgerEntry entry = part.plan();
        try {
            space.reserve(mark(part, entry).maxBytes());
            if (entry.number() == 0) {
                entry = ledger.append(entry.key(), entry.version(), entry.at(), entry.principal());
            }
        } catch (StorageFullException e) {
            return new Outcome.Refused(e);
        }
        append(mark(part, entry));
        table.hide(entry.key(), entry.version(), entry.at());
        uploads.revoke(entry.key());
        overwrite(part.batch());
        return new Outcome.Erased(entry);
    }

    private static EraseMark mark(Part part, LedgerEntry entry) {
        return new EraseMark(
                entry.number(),
                entry.key(),
                entry.version(),
                entry.at(),
                entry.principal(),
                part.batch().isEnding() ? -1 : 0,
                part.batch().targets());
    }

    private void append(EraseMark mark) {
        forcing.forceOwed();
        appender.begin(wal.tail(), wal.durableFrame(), headerSync.current().generation());
        appender.fits(mark.maxBytes());
        appender.appendEraseMark(mark);
        wal.append(appender.bytes(), appender.chain());
        forcing.forceNow();
        headerSync.addEntities(mark.livingDelta());
    }

    private void overwrite(EraseWalk.Batch batch) {
        table.overwriting(batch.targets());
        for (ErasedRecord record : batch.records()) {
            wal.overwrite(ByteBuffer.wrap(record.bytes()), record.position());
        }
        forcing.forceNow();
        table.overwritten();
        published.advance(wal.tail());
        published.forced();
    }

    /**
     * Notes that an erasure is complete.
     *
     * @return false if there is no space for that; then it is found complete the next time
     */
    boolean end(LedgerEntry entry) {
        try {
            ledger.done(entry);
        } catch (StorageFullException e) {
            return false;
        }
        table.done(entry.key());
        return true;
    }
}

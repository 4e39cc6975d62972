package io.entitydb.storage.recovery;

import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.erase.LedgerEntry;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.EraseRedo;
import io.entitydb.storage.log.EraseTable;
import io.entitydb.storage.log.ErasedRecord;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Repeats what a crash may have cut short while records were overwritten, before the log is read:
 * then a record that is half overwritten is never met.
 *
 * <p>Only what the ledger has as pending can be half done, so without that nothing is looked for.
 * The marks are written again and forced first: a failed force may have left the last of them in
 * the page cache only, and a record must not be half overwritten with no mark to tell. Then all
 * records that they name are, also those that look overwritten, for the same reason. Marks below
 * walOffset are not looked at, because no checkpoint passes a mark whose records are not
 * overwritten durably.
 */
final class ErasureRecovery {

    private final ErasureLedger ledger;
    private final EraseTable table = new EraseTable();
    private @Nullable String failure;

    private ErasureRecovery(ErasureLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Reads the ledger and repeats what is pending.
     *
     * @param size readable bytes of the file
     * @throws RecoveryFailedException if the ledger cannot be relied on
     */
    static ErasureRecovery run(
            Disk disk, DiskFile file, Header header, long size, boolean isReadOnly) {
        ErasureRecovery recovery;
        try {
            recovery = new ErasureRecovery(ErasureLedger.open(disk, header.identity()));
        } catch (CorruptDataException e) {
            throw new RecoveryFailedException(String.valueOf(e.getMessage()), e);
        }
        if (!recovery.ledger.pending().isEmpty()) {
            recovery.repeat(file, header, size, isReadOnly);
        }
        return recovery;
    }

    private void repeat(DiskFile file, Header header, long size, boolean isReadOnly) {
        Map<Long, LedgerEntry> pending = new HashMap<>();
        ledger.pending().forEach(entry -> pending.put(entry.number(), entry));
        EraseRedo redo =
                new EraseRedo(
                        file,
                        new Checksum(header.identity()),
                        mark -> isOf(mark, pending.get(mark.number())));
        List<EraseRedo.Found> marks = redo.marks(header.walOffset(), size);
        if (isReadOnly) {
            marks.forEach(mark -> redo.records(mark, this::read));
            return;
        }
        try {
            for (EraseRedo.Found mark : marks) {
                file.write(ByteBuffer.wrap(redo.bytes(mark)), mark.header().position());
            }
            file.force();
            for (EraseRedo.Found mark : marks) {
                redo.records(mark, record -> write(file, record));
            }
            file.force();
        } catch (StorageException e) {
            failure = e.getMessage();
            marks.forEach(mark -> redo.records(mark, this::read));
        }
    }

    private static void write(DiskFile file, ErasedRecord record) {
        file.write(ByteBuffer.wrap(record.bytes()), record.position());
    }

    private void read(ErasedRecord record) {
        table.overwriting(List.of(record.target()));
    }

    private static boolean isOf(EraseMark mark, @Nullable LedgerEntry entry) {
        return entry != null
                && mark.key().equals(entry.key())
                && mark.version() == entry.version()
                && mark.at() == entry.at();
    }

    ErasureLedger ledger() {
        return ledger;
    }

    /** What readers are to take as erased, because it could not be overwritten. */
    EraseTable table() {
        return table;
    }

    /** Why something could not be overwritten; null if all could, or nothing had to be. */
    @Nullable String failure() {
        return failure;
    }
}

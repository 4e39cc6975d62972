package io.entitydb.storage.erase;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of what was erased from a store: append-only, outside of backups, never rolled back. An
 * entry is durable when the method that makes it returns; after a failure nothing is known of it
 * and nothing more may be appended. Used by one thread at a time.
 */
public final class ErasureLedger implements AutoCloseable {

    /** A ledger that is being made. */
    public static final String CREATING = LedgerReading.FILE + ".new";

    private final Disk disk;
    private final FileIdentity identity;
    private final LedgerCodec codec;
    private final Map<Long, LedgerEntry> pending = new LinkedHashMap<>();
    private @Nullable DiskFile file;
    private long entries;
    private long lastPosition = LedgerLayout.HEADER_BYTES;
    private long endPosition = LedgerLayout.HEADER_BYTES;
    private long sizeBytes;
    private boolean isHalfMade;

    private ErasureLedger(Disk disk, FileIdentity identity) {
        this.disk = disk;
        this.identity = identity;
        codec = new LedgerCodec(identity.storeId());
    }

    /**
     * The ledger of a directory; the file is made with its first entry.
     *
     * @param identity the data file whose erasures are looked after
     * @throws CorruptDataException if it is damaged, or another store's
     */
    public static ErasureLedger open(Disk disk, FileIdentity identity) {
        ErasureLedger ledger = new ErasureLedger(disk, identity);
        ledger.isHalfMade = disk.list().contains(CREATING);
        LedgerReading reading = LedgerReading.of(disk);
        if (reading != null) {
            ledger.take(reading);
        }
        return ledger;
    }

    private void take(LedgerReading reading) {
        if (!reading.storeId().equals(identity.storeId())) {
            throw new CorruptDataException(
                    LedgerReading.FILE,
                    LedgerLayout.STORE_ID,
                    "ledger of store " + reading.storeId() + ", this is " + identity.storeId());
        }
        reading.pendingIn(identity.fileId()).forEach(entry -> pending.put(entry.number(), entry));
        entries = reading.entries().size();
        lastPosition = reading.lastPosition();
        endPosition = reading.endPosition();
        sizeBytes = reading.sizeBytes();
    }

    /** Erasures that are not done in this data file, in order. */
    public List<LedgerEntry> pending() {
        return List.copyOf(pending.values());
    }

    /** Erasures in all. */
    public long entries() {
        return entries;
    }

    /**
     * Makes the end of the ledger certain before anything is appended: the last entry, which a
     * failed force may have left in the page cache only, is written again, and what a crash cut
     * short behind it is cleared.
     */
    public void settle() {
        if (isHalfMade) {
            disk.delete(CREATING);
        }
        if (sizeBytes == 0) {
            return;
        }
        DiskFile opened = writable();
        opened.map(sizeBytes);
        byte[] last = new byte[(int) (endPosition - lastPosition)];
        opened.read(lastPosition, last, 0, last.length);
        ByteBuffer end = ByteBuffer.allocate((int) (sizeBytes - lastPosition)).put(last);
        opened.write(end.clear(), lastPosition);
        opened.force();
    }

    /** Adds an erasure, which is pending from here on. */
    public LedgerEntry append(EntityKey key, long version, long at, String principal) {
        LedgerEntry entry = new LedgerEntry(entries + 1, key, version, at, principal);
        append(codec.asked(entry, endPosition));
        entries++;
        pending.put(entry.number(), entry);
        return entry;
    }

    /** Notes that a pending erasure was done in this data file. */
    public void done(LedgerEntry entry) {
        long number = entry.number();
        append(codec.done(number, number, identity.fileId(), disk.now(), endPosition));
        pending.remove(number);
    }

    private void append(ByteBuffer entry) {
        int length = entry.remaining();
        DiskFile target = writable();
        target.write(entry, endPosition);
        target.force();
        lastPosition = endPosition;
        endPosition += length;
        sizeBytes = Math.max(sizeBytes, endPosition);
    }

    private DiskFile writable() {
        DiskFile opened = file;
        if (opened == null) {
            if (sizeBytes == 0) {
                create();
            }
            opened = disk.open(LedgerReading.FILE, Disk.Access.WRITE);
            file = opened;
        }
        return opened;
    }

    /** The file gets its name only when its header is durable. */
    private void create() {
        disk.delete(CREATING);
        try (DiskFile made = disk.open(CREATING, Disk.Access.CREATE)) {
            made.write(codec.header(), 0);
            made.force();
        }
        disk.rename(CREATING, LedgerReading.FILE);
        disk.forceDirectory();
        sizeBytes = LedgerLayout.HEADER_BYTES;
    }

    @Override
    public void close() {
        DiskFile opened = file;
        if (opened != null) {
            opened.close();
        }
    }
}

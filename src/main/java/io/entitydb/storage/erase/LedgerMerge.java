package io.entitydb.storage.erase;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Brings the erasures of one directory's ledger to that of another, which keeps all that it has:
 * what is erased anywhere is erased everywhere. Which erasures were done in which file is not taken
 * over, because that file is not.
 */
public final class LedgerMerge {

    private final Disk target;
    private final UUID storeId;

    /** A merge into a directory of a store. */
    public LedgerMerge(Disk target, UUID storeId) {
        this.target = target;
        this.storeId = storeId;
    }

    /** What makes an erasure the same in two ledgers. */
    private record Same(EntityKey key, long version, long at) {

        private static Same of(LedgerEntry entry) {
            return new Same(entry.key(), entry.version(), entry.at());
        }
    }

    /**
     * Merges. When this returns, the directory durably has a ledger, with all erasures of both.
     *
     * @param source the other ledger; null if there is none
     * @return erasures in the ledger
     * @throws CorruptDataException if a ledger is damaged, or another store's
     */
    public long run(@Nullable LedgerReading source) {
        if (source != null && !source.storeId().equals(storeId)) {
            throw foreign(source.storeId());
        }
        LedgerReading present = LedgerReading.of(target);
        if (present != null && !present.storeId().equals(storeId)) {
            throw foreign(present.storeId());
        }
        Set<Same> known = new HashSet<>();
        if (present != null) {
            present.entries().forEach(entry -> known.add(Same.of(entry)));
        }
        boolean isComplete =
                present != null
                        && present.endPosition() == present.sizeBytes()
                        && (source == null
                                || source.entries().stream()
                                        .map(Same::of)
                                        .allMatch(known::contains));
        if (!isComplete) {
            write(present, source, known);
        }
        LedgerReading merged = LedgerReading.of(target);
        return merged == null ? 0 : merged.entries().size();
    }

    /** A ledger as a whole, under another name until it is durable. */
    private void write(
            @Nullable LedgerReading present, @Nullable LedgerReading source, Set<Same> known) {
        target.delete(ErasureLedger.CREATING);
        LedgerCodec codec = new LedgerCodec(storeId);
        try (DiskFile file = target.open(ErasureLedger.CREATING, Disk.Access.CREATE)) {
            Writing writing = new Writing(file, codec);
            if (present != null) {
                present.entries().forEach(writing::add);
            }
            if (source != null) {
                source.entries().stream()
                        .filter(entry -> known.add(Same.of(entry)))
                        .forEach(writing::add);
            }
            file.force();
        }
        target.rename(ErasureLedger.CREATING, LedgerReading.FILE);
        target.forceDirectory();
    }

    /** Appends entries, numbered anew. */
    private static final class Writing {

        private final DiskFile file;
        private final LedgerCodec codec;
        private long number;
        private long position = LedgerLayout.HEADER_BYTES;

        private Writing(DiskFile file, LedgerCodec codec) {
            this.file = file;
            this.codec = codec;
            file.write(codec.header(), 0);
        }

        private void add(LedgerEntry entry) {
            number++;
            ByteBuffer bytes =
                    codec.asked(
                            new LedgerEntry(
                                    number,
                                    entry.key(),
                                    entry.version(),
                                    entry.at(),
                                    entry.principal()),
                            position);
            int length = bytes.remaining();
            file.write(bytes, position);
            position += length;
        }
    }

    private CorruptDataException foreign(UUID other) {
        return new CorruptDataException(
                LedgerReading.FILE,
                LedgerLayout.STORE_ID,
                "ledger of store " + other + ", this is " + storeId);
    }
}

package io.entitydb.storage.erase;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What a ledger says, read from its first byte to its last. Reading changes nothing.
 *
 * @param storeId the store whose erasures these are
 * @param entries the erasures, in order
 * @param done which of them were done, and in which file
 * @param lastPosition where the last entry begins; where it would, if there is none
 * @param endPosition where the next entry goes
 * @param sizeBytes size of the file
 */
public record LedgerReading(
        UUID storeId,
        List<LedgerEntry> entries,
        List<Done> done,
        long lastPosition,
        long endPosition,
        long sizeBytes) {

    /** Name of the file. */
    public static final String FILE = "erasures.ledger";

    /** A ledger is read at once; some ten million erasures fit. */
    private static final long MAX_BYTES = 1L << 30;

    /**
     * Erasures that were done in a file.
     *
     * @param first number of the first
     * @param last number of the last
     * @param fileId the file
     */
    public record Done(long first, long last, UUID fileId) {}

    /** Copies the lists. */
    public LedgerReading {
        entries = List.copyOf(entries);
        done = List.copyOf(done);
    }

    /** The erasures that were not done in a file, in order. */
    public List<LedgerEntry> pendingIn(UUID fileId) {
        boolean[] isDone = new boolean[entries.size() + 1];
        for (Done each : done) {
            if (each.fileId().equals(fileId)) {
                Arrays.fill(isDone, (int) each.first(), (int) each.last() + 1, true);
            }
        }
        return entries.stream().filter(entry -> !isDone[(int) entry.number()]).toList();
    }

    /**
     * Reads the ledger of a directory.
     *
     * @return null if there is none
     * @throws CorruptDataException if it is none, or damaged before its end; what a crash cut short
     *     at its end counts for nothing
     */
    public static @Nullable LedgerReading of(Disk disk) {
        if (!disk.list().contains(FILE)) {
            return null;
        }
        try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
            return of(file);
        }
    }

    private static LedgerReading of(DiskFile file) {
        long size = file.size();
        if (size < LedgerLayout.HEADER_BYTES || size > MAX_BYTES) {
            throw corrupt(0, "a ledger of " + size + " bytes");
        }
        file.map(size);
        byte[] bytes = new byte[(int) size];
        file.read(0, bytes, 0, bytes.length);
        return new Scan(bytes).run();
    }

    private static CorruptDataException corrupt(long position, String reason) {
        return new CorruptDataException(FILE, position, reason);
    }

    private static UUID storeIdOf(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(LedgerLayout.MAGIC) != LedgerLayout.MAGIC_VALUE
                || header.getInt(LedgerLayout.FORMAT_VERSION) != LedgerLayout.VERSION_VALUE) {
            throw corrupt(0, "no ledger of version " + LedgerLayout.VERSION_VALUE);
        }
        if (header.getInt(LedgerLayout.CRC) != LedgerCodec.headerCrc(bytes)) {
            throw corrupt(0, "header checksum differs");
        }
        return new UUID(
                header.getLong(LedgerLayout.STORE_ID),
                header.getLong(LedgerLayout.STORE_ID + Long.BYTES));
    }

    /** Goes over the entries. */
    private static final class Scan {

        private final byte[] bytes;
        private final UUID storeId;
        private final LedgerCodec codec;
        private final List<LedgerEntry> entries = new ArrayList<>();
        private final List<Done> done = new ArrayList<>();

        private Scan(byte[] bytes) {
            this.bytes = bytes;
            storeId = storeIdOf(bytes);
            codec = new LedgerCodec(storeId);
        }

        private LedgerReading run() {
            int at = LedgerLayout.HEADER_BYTES;
            int last = at;
            for (LedgerCodec.Line line = codec.decode(bytes, at);
                    line != null;
                    line = codec.decode(bytes, at)) {
                take(line, at);
                last = at;
                at += line.length();
            }
            requireNoneBehind(at);
            return new LedgerReading(storeId, entries, done, last, at, bytes.length);
        }

        private void take(LedgerCodec.Line line, int at) {
            switch (line) {
                case LedgerCodec.Line.Asked(int length, LedgerEntry entry) -> {
                    if (entry.number() != entries.size() + 1L) {
                        throw corrupt(at, "erasure " + entry.number() + " after others");
                    }
                    entries.add(entry);
                }
                case LedgerCodec.Line.Done(int length, long first, long to, UUID fileId) -> {
                    if (first < 1 || first > to || to > entries.size()) {
                        throw corrupt(at, "erasures " + first + " to " + to + " done");
                    }
                    done.add(new Done(first, to, fileId));
                }
            }
        }

        /** Each entry is forced before the next is begun, so only the last one can be torn. */
        private void requireNoneBehind(int end) {
            for (int at = end; at < bytes.length; at += LedgerLayout.ALIGNMENT) {
                if (codec.decode(bytes, at) != null) {
                    throw corrupt(end, "entry is damaged, an intact one follows");
                }
            }
        }
    }
}

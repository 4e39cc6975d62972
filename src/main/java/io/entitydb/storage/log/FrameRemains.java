package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is left of a transaction's frame whose header holds and something behind it does not: for
 * each of its records the digest that stands there, and the record if it verifies.
 *
 * @param header the header
 * @param isChained whether the trailer vouches for number, lengths and digests of the records
 * @param slots one for each record, in order; empty if it cannot be told where they are
 */
public record FrameRemains(FrameHeader header, boolean isChained, List<Slot> slots) {

    /** Copies the list. */
    public FrameRemains {
        slots = List.copyOf(slots);
    }

    /**
     * The place of a record.
     *
     * @param digest what stands there as its digest; of use only if {@link #continues} holds
     * @param record the record; null if it does not verify
     */
    public record Slot(Digest digest, @Nullable RawRecord record) {}

    /**
     * Whether the digests lead from the transaction before to the digest in the header: then all of
     * them are as they were written.
     *
     * @param before digest of the transaction before
     */
    public boolean continues(Digest before) {
        MessageDigest function =
                RecordDigest.ofTransaction(before, header.sequence(), header.commitTime());
        slots.forEach(slot -> slot.digest().updateTo(function));
        return !slots.isEmpty() && header.digest().equals(Digest.end(function));
    }

    /** Whether all records verify. */
    public boolean isWhole() {
        return !slots.isEmpty() && slots.stream().allMatch(slot -> slot.record() != null);
    }

    /** Looks at a frame once more. */
    public static FrameRemains of(DiskFile file, LogPart.Wounded part) {
        FrameHeader header = part.header();
        byte[] bytes = new byte[header.length()];
        try {
            file.read(header.position(), bytes, 0, bytes.length);
        } catch (StorageIoException e) {
            return new FrameRemains(header, false, List.of());
        }
        List<Integer> starts = starts(header, bytes, part);
        if (starts.size() != header.recordCount()) {
            return new FrameRemains(header, false, List.of());
        }
        List<Slot> slots = new ArrayList<>();
        for (int start : starts) {
            int from = start + RecordLayout.DIGEST;
            Digest digest = Digest.of(Arrays.copyOfRange(bytes, from, from + Digest.BYTES));
            slots.add(new Slot(digest, recordAt(part.records(), header.position() + start)));
        }
        return new FrameRemains(header, part.isChained(), slots);
    }

    private static @Nullable RawRecord recordAt(List<RawRecord> records, long position) {
        return records.stream()
                .filter(record -> record.position() == position)
                .findFirst()
                .orElse(null);
    }

    /** By the lengths, if they make sense; otherwise each gap between records is taken for one. */
    private static List<Integer> starts(FrameHeader header, byte[] bytes, LogPart.Wounded part) {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = header.length() - FrameLayout.TRAILER_BYTES;
        List<Integer> byLengths = FrameReader.recordStarts(fields, trailer);
        if (byLengths.size() == header.recordCount()) {
            return byLengths;
        }
        List<Integer> starts = new ArrayList<>();
        int at = FrameLayout.HEADER_BYTES;
        for (RawRecord record : part.records()) {
            int start = (int) (record.position() - header.position());
            if (start > at) {
                starts.add(at);
            }
            starts.add(start);
            at = start + record.bytes().length;
        }
        if (at + RecordLayout.PREFIX_BYTES <= trailer) {
            starts.add(at);
        }
        return starts;
    }

    /** The digest of a transaction that has these records and follows another one. */
    public static Digest digestOf(Digest before, Commitment commitment, List<RawRecord> records) {
        MessageDigest function =
                RecordDigest.ofTransaction(before, commitment.sequence(), commitment.commitTime());
        records.forEach(record -> record.digest().updateTo(function));
        return Digest.end(function);
    }
}

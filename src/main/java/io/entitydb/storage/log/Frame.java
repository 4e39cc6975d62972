package io.entitydb.storage.log;

import io.entitydb.storage.io.DiskFile;

import java.util.Arrays;
import java.util.List;

/**
 * A whole frame whose checksums all hold.
 *
 * @param header its header
 * @param records its records, in order
 * @param crc its checksum, which the next frame names
 */
public record Frame(FrameHeader header, List<RawRecord> records, int crc) {

    /** Copies the list. */
    public Frame {
        records = List.copyOf(records);
    }

    /** The versions of a transaction frame, without those that a compaction left out. */
    public List<VersionRecord> versions() {
        return records.stream()
                .filter(record -> record.kind() != RecordKind.STUB)
                .map(VersionRecord::new)
                .toList();
    }

    /**
     * Whether what stands elsewhere in the file may be a damaged copy of this dictionary frame: it
     * tells as many words, and nothing stands behind them.
     *
     * @param position where a frame of the same length begins
     */
    public boolean hasWordsOf(DiskFile file, long position) {
        RawRecord record = records.getFirst();
        byte[] own = record.bytes();
        byte[] other = new byte[own.length];
        file.read(position + FrameLayout.HEADER_BYTES, other, 0, other.length);
        int end = TagDictionary.end(record.body(RecordLayout.PREFIX_BYTES));
        int count = RecordLayout.PREFIX_BYTES + Integer.BYTES;
        return Arrays.equals(
                        own,
                        RecordLayout.PREFIX_BYTES,
                        count,
                        other,
                        RecordLayout.PREFIX_BYTES,
                        count)
                && Arrays.equals(own, end, own.length, other, end, other.length);
    }

    /** Takes over the words of a dictionary frame. */
    public void loadInto(TagDictionary dictionary) {
        dictionary.load(records.getFirst().body(RecordLayout.PREFIX_BYTES));
    }
}

package io.entitydb.storage.log;

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

    /** Takes over the words of a dictionary frame. */
    public void loadInto(TagDictionary dictionary) {
        dictionary.load(records.getFirst().body(RecordLayout.PREFIX_BYTES));
    }
}

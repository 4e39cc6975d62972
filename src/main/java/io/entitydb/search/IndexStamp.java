package io.entitydb.search;

import io.entitydb.entity.Digest;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an index holds: all of a history up to a transaction. Lucene keeps it with each of its
 * commits.
 *
 * @param origin which history
 * @param sequence last transaction in the index; 0 for none
 * @param digest digest of that transaction
 */
record IndexStamp(IndexOrigin origin, long sequence, Digest digest) {

    /** Form of the documents; an index of another form is built anew. */
    private static final String FORMAT = "6";

    /** The stamp of an empty index. */
    static IndexStamp empty(IndexOrigin origin) {
        return new IndexStamp(origin, 0, Digest.ZERO);
    }

    /** The stamp that a commit carries; empty if it carries none that can be read. */
    static Optional<IndexStamp> read(Map<String, String> data) {
        if (!FORMAT.equals(data.get("format"))) {
            return Optional.empty();
        }
        try {
            IndexOrigin origin =
                    new IndexOrigin(
                            UUID.fromString(data.getOrDefault("fileId", "")),
                            Long.parseLong(data.getOrDefault("epoch", "")));
            return Optional.of(
                    new IndexStamp(
                            origin,
                            Long.parseLong(data.getOrDefault("sequence", "")),
                            Digest.of(HexFormat.of().parseHex(data.getOrDefault("digest", "")))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The form in which a commit carries it. */
    Map<String, String> write() {
        return Map.of(
                "format", FORMAT,
                "fileId", origin.fileId().toString(),
                "epoch", Long.toString(origin.epoch()),
                "sequence", Long.toString(sequence),
                "digest", digest.toString());
    }
}

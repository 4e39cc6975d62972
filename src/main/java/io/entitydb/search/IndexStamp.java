package io.entitydb.search;

import io.entitydb.entity.Digest;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an index holds: all of a history up to a transaction. Lucene keeps it with each of its
 * commits.
 *
 * @param origin which history
 * @param fileId the data file that it was taken from, and that may tell more of it; null if all
 *     that the file told is in the index and another file went on from there
 * @param sequence last transaction in the index; 0 for none
 * @param digest digest of that transaction
 */
record IndexStamp(IndexOrigin origin, @Nullable UUID fileId, long sequence, Digest digest) {

    /** Form of the documents; an index of another form is built anew. */
    private static final String FORMAT = "8";

    private static final String ANY = "any";

    /** The stamp of an empty index. */
    static IndexStamp empty(IndexOrigin origin, UUID fileId) {
        return new IndexStamp(origin, fileId, 0, Digest.ZERO);
    }

    /** The stamp that a commit carries; empty if it carries none that can be read. */
    static Optional<IndexStamp> read(Map<String, String> data) {
        if (!FORMAT.equals(data.get("format"))) {
            return Optional.empty();
        }
        try {
            String file = data.getOrDefault("fileId", "");
            IndexOrigin origin =
                    new IndexOrigin(
                            UUID.fromString(data.getOrDefault("storeId", "")),
                            Long.parseLong(data.getOrDefault("epoch", "")));
            return Optional.of(
                    new IndexStamp(
                            origin,
                            file.equals(ANY) ? null : UUID.fromString(file),
                            Long.parseLong(data.getOrDefault("sequence", "")),
                            Digest.of(HexFormat.of().parseHex(data.getOrDefault("digest", "")))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an index of it may be gone on with from a file. */
    boolean isOf(IndexOrigin present, UUID presentFile) {
        return origin.equals(present) && (fileId == null || fileId.equals(presentFile));
    }

    /** The same, up to another transaction. */
    IndexStamp at(long newSequence, Digest newDigest) {
        return new IndexStamp(origin, fileId, newSequence, newDigest);
    }

    /** The same, taken from a file; null for any that tells the same. */
    IndexStamp in(@Nullable UUID newFile) {
        return new IndexStamp(origin, newFile, sequence, digest);
    }

    /** The form in which a commit carries it. */
    Map<String, String> write() {
        return Map.of(
                "format", FORMAT,
                "storeId", origin.storeId().toString(),
                "fileId", fileId == null ? ANY : fileId.toString(),
                "epoch", Long.toString(origin.epoch()),
                "sequence", Long.toString(sequence),
                "digest", digest.toString());
    }
}

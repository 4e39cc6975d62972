package io.entitydb.storage;

import io.entitydb.storage.log.RecordLayout;

/**
 * How contents are received in pieces.
 *
 * @param most how many may be under way at once; each holds a piece in memory
 * @param pieceBytes bytes of a piece, at most {@value RecordLayout#MAX_CHUNK_BYTES}
 */
public record UploadOptions(int most, int pieceBytes) {

    /** What a service on one machine needs. */
    public static final UploadOptions DEFAULTS =
            new UploadOptions(32, RecordLayout.MAX_CHUNK_BYTES);

    /** Refuses values that make no sense. */
    public UploadOptions {
        if (most < 1 || pieceBytes < 1 || pieceBytes > RecordLayout.MAX_CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "%d uploads in pieces of %d bytes".formatted(most, pieceBytes));
        }
    }
}

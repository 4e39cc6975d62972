package io.entitydb.storage.log;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;

import lombok.Builder;
import lombok.With;

import java.util.List;

/**
 * A version that is ready to be written: all but what the commit decides (sequence, commit time,
 * place). Made on the caller's thread, with the digest already taken.
 *
 * @param key the entity
 * @param hash its key's hash in the entity index
 * @param kind what the version does
 * @param number the version's number
 * @param previousPosition record of the previous version; 0 for the first
 * @param jumpPosition record of the version that {@link JumpPointers} names; 0 for none
 * @param createdAt commit time at which the entity's present life began; 0 for this commit
 * @param createdBy who began it
 * @param principal who writes
 * @param salt 16 random bytes
 * @param tags the tags, ordered
 * @param mediaType media type of the content
 * @param contentLength its bytes
 * @param contentDigest its digest
 * @param content where it comes from
 * @param digest the record's digest, see {@link RecordDigest}
 */
@Builder(toBuilder = true)
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record VersionDraft(
        EntityKey key,
        long hash,
        ChangeKind kind,
        long number,
        long previousPosition,
        long jumpPosition,
        long createdAt,
        String createdBy,
        String principal,
        byte[] salt,
        List<DraftTag> tags,
        String mediaType,
        long contentLength,
        Digest contentDigest,
        DraftContent content,
        @With Digest digest) {

    /** Most bytes of a term written out, of lengths and of positions around the parts. */
    private static final int SLACK_BYTES = 64;

    /** How many bytes its record and chunk frames take at most. */
    public long maxBytes() {
        long bytes = RecordLayout.BODY + SLACK_BYTES;
        bytes += 4L * (key.dataset().length() + key.id().length());
        bytes += 4L * (principal.length() + createdBy.length() + mediaType.length());
        for (DraftTag tag : tags) {
            bytes += tag.tag().namespace().length() + tag.value().length + 24L;
        }
        return bytes
                + switch (content) {
                    case DraftContent.Empty e -> 0;
                    case DraftContent.Earlier e -> Long.BYTES;
                    case DraftContent.Inline inline -> inline.bytes().length;
                    case DraftContent.Chunks chunks -> chunkFrameBytes(chunks);
                    case DraftContent.Uploaded uploaded ->
                            (long) Long.BYTES * uploaded.positions().size();
                };
    }

    private long chunkFrameBytes(DraftContent.Chunks chunks) {
        long bytes = 0;
        for (byte[] piece : chunks.pieces()) {
            bytes += piece.length + ChunkCodec.MAX_OVERHEAD + Long.BYTES;
        }
        return bytes;
    }

    /** What the version adds to the number of living entities: −1, 0 or 1. */
    public int livingDelta() {
        return switch (kind) {
            case DELETE -> -1;
            case RESTORE -> 1;
            case PUT -> createdAt == 0 ? 1 : 0;
            case ERASED -> 0;
        };
    }
}

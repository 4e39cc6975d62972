package io.entitydb.storage.header;

import io.entitydb.entity.Digest;

import lombok.Builder;
import lombok.With;

/**
 * The state of the file as the store published it last. A header that breaks a rule cannot exist.
 *
 * <p>{@code toBuilder()} changes several components at once and checks the rules on the result;
 * each {@code with…} changes one.
 *
 * @param generation grows with every publication; the slot is generation mod 2
 * @param identity what is fixed for this file
 * @param isInterval whether it was written with interval durability and not closed since: what was
 *     acknowledged may be missing then
 * @param epoch grows when history may differ from what was shown before
 * @param fileSize allocated bytes; the file is at least that long
 * @param dataSize bytes of whole, durable frames, from the data offset on
 * @param walOffset position of the first frame that the last checkpoint does not cover
 * @param walSequence last durable transaction
 * @param checkpointSequence last transaction below walOffset
 * @param tagDictOffset position of the newest dictionary frame
 * @param tagDictSize its length in bytes
 * @param entityCount living entities after walSequence
 * @param lastModified commit time of walSequence; creation time in a new file
 * @param lastDigest digest of walSequence
 */
@With
@Builder(toBuilder = true)
public record Header(
        long generation,
        FileIdentity identity,
        boolean isInterval,
        long epoch,
        long fileSize,
        long dataSize,
        long walOffset,
        long walSequence,
        long checkpointSequence,
        long tagDictOffset,
        long tagDictSize,
        long entityCount,
        long lastModified,
        Digest lastDigest) {

    /** Position of the first frame, in bytes: right behind the two slots. */
    public static final long DATA_OFFSET = 2L * HeaderLayout.SLOT_STRIDE;

    /** Frames begin at multiples of this many bytes. */
    public static final int FRAME_ALIGNMENT = 8;

    /**
     * Refuses values that break a rule.
     *
     * @throws HeaderRuleException naming the first broken rule
     */
    public Header(
            long generation,
            FileIdentity identity,
            boolean isInterval,
            long epoch,
            long fileSize,
            long dataSize,
            long walOffset,
            long walSequence,
            long checkpointSequence,
            long tagDictOffset,
            long tagDictSize,
            long entityCount,
            long lastModified,
            Digest lastDigest) {
        this.generation = generation;
        this.identity = identity;
        this.isInterval = isInterval;
        this.epoch = epoch;
        this.fileSize = fileSize;
        this.dataSize = dataSize;
        this.walOffset = walOffset;
        this.walSequence = walSequence;
        this.checkpointSequence = checkpointSequence;
        this.tagDictOffset = tagDictOffset;
        this.tagDictSize = tagDictSize;
        this.entityCount = entityCount;
        this.lastModified = lastModified;
        this.lastDigest = lastDigest;
        HeaderRule.requireAll(this);
    }

    /** Position behind the last durable frame. */
    public long dataEnd() {
        return DATA_OFFSET + dataSize;
    }

    /** Slot that holds this generation: 0 or 1. */
    public int slot() {
        return (int) (generation % 2);
    }
}

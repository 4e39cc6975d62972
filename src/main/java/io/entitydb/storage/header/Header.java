package io.entitydb.storage.header;

import io.entitydb.entity.Digest;

/**
 * The state of the file as the store published it last.
 *
 * @param generation grows with every publication; the slot is generation mod 2
 * @param identity what is fixed for this file
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
public record Header(
        long generation,
        FileIdentity identity,
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
        Digest lastDigest) {}

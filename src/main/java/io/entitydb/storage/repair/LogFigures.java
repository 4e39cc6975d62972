package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;

import lombok.Builder;

/**
 * What a log holds, as it was counted.
 *
 * @param frames frames that were read
 * @param transactions transactions
 * @param versions versions of entities
 * @param livingEntities entities that are not deleted
 * @param chunks pieces of contents outside of the versions
 * @param stubs versions of which a compaction kept the digest only
 * @param erased versions whose facts were destroyed
 * @param losses records of losses that were accepted
 * @param lastSequence the last transaction; 0 if there is none
 * @param lastDigest its digest, which vouches for all of history
 */
@Builder
public record LogFigures(
        long frames,
        long transactions,
        long versions,
        long livingEntities,
        long chunks,
        long stubs,
        long erased,
        long losses,
        long lastSequence,
        Digest lastDigest) {}

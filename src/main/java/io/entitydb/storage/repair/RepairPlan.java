package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;

import java.util.List;
import java.util.SortedMap;

/**
 * What a repair is going to do, or has done.
 *
 * @param lastSequence last transaction of the history
 * @param keptTransactions how many are kept, by the file that they are taken from
 * @param lost transactions that no file holds
 * @param ruinedVersions versions of kept transactions of which no file holds all
 * @param entities some of the entities that lose versions, as far as that is known
 * @param damagedParts how many parts of the file do not verify
 * @param parts some of them
 * @param tailBytes bytes behind the last frame that nothing vouches for; left out as at an opening
 * @param isHeaderLost whether neither header slot is valid
 */
public record RepairPlan(
        long lastSequence,
        SortedMap<String, Long> keptTransactions,
        List<LostRange> lost,
        long ruinedVersions,
        List<EntityKey> entities,
        int damagedParts,
        List<DamagedPart> parts,
        long tailBytes,
        boolean isHeaderLost) {

    /** Copies the lists. */
    public RepairPlan {
        lost = List.copyOf(lost);
        entities = List.copyOf(entities);
        parts = List.copyOf(parts);
    }

    /**
     * Transactions that are lost.
     *
     * @param first sequence of the first of them
     * @param last sequence of the last of them
     */
    public record LostRange(long first, long last) {}

    /** Whether something is lost that is not lost already. */
    public boolean hasLoss() {
        return !lost.isEmpty() || ruinedVersions > 0;
    }

    /** Whether the file is not as it should be. */
    public boolean isDamaged() {
        return isHeaderLost || damagedParts > 0 || hasLoss();
    }
}

package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.erase.LedgerEntry;
import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.log.VersionRecord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store has erased, as its ledger tells: no copy brings it back.
 *
 * @param entries the erasures of each entity
 */
record Erasures(Map<EntityKey, List<LedgerEntry>> entries) {

    /** The erasures of a directory; none if it has no ledger. */
    static Erasures of(Disk disk) {
        Map<EntityKey, List<LedgerEntry>> entries = new HashMap<>();
        LedgerReading ledger = LedgerReading.of(disk);
        if (ledger != null) {
            for (LedgerEntry entry : ledger.entries()) {
                entries.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
            }
        }
        return new Erasures(entries);
    }

    /** Whether a version was erased. */
    boolean cover(EntityKey key, VersionRecord version) {
        return entries.getOrDefault(key, List.of()).stream()
                .anyMatch(
                        entry ->
                                version.number() <= entry.version()
                                        && version.commitTime() <= entry.at());
    }
}

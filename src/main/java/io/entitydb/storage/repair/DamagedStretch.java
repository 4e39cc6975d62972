package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.index.KeyHash;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Damage whose consequences are still being collected while the log is read on. */
final class DamagedStretch {

    private final FindingCode code;
    private final long position;
    private long end;
    private final String expected;
    private final String found;
    private SequenceRange sequences;
    private long excused;
    private final Map<EntityKey, Boolean> entities = new LinkedHashMap<>();

    DamagedStretch(
            FindingCode code, long position, long end, SequenceRange sequences, Words words) {
        this.code = code;
        this.position = position;
        this.end = end;
        this.sequences = sequences;
        expected = words.expected();
        found = words.found();
    }

    /** What should be there, and what is. */
    record Words(String expected, String found) {}

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    /** Makes it longer: there are too many to keep each apart. */
    void extend(long newEnd) {
        end = Math.max(end, newEnd);
    }

    /** The transactions are known that were in it. */
    void lost(SequenceRange range) {
        sequences = range;
    }

    /** An entity is concerned. */
    void concerns(EntityKey key, boolean isProven) {
        if (entities.size() < Finding.MAX_ENTITIES || entities.containsKey(key)) {
            entities.merge(key, isProven, Boolean::logicalOr);
        }
    }

    /** So many bytes of it are what an erasure was overwriting. */
    void excuse(long bytes) {
        excused += bytes;
    }

    /** Whether all of it is what an erasure was overwriting. */
    boolean isExcused() {
        return excused >= end - position;
    }

    /** An index leads here under a hash: a name that was read from damaged bytes may be the one. */
    void prove(long hash, KeyHash keyHash) {
        entities.replaceAll((key, isProven) -> isProven || keyHash.of(key) == hash);
    }

    Finding toFinding(String file) {
        List<ConcernedEntity> concerned =
                entities.entrySet().stream()
                        .map(entry -> new ConcernedEntity(entry.getKey(), entry.getValue()))
                        .toList();
        return new Finding(code, file, position, end, sequences, concerned, expected, found);
    }
}

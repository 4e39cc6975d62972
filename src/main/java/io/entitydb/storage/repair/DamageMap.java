package io.entitydb.storage.repair;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * The damaged stretches of a log, in order. Keeps at most {@value VerificationReport#MAX_FINDINGS};
 * what is found after that makes the last one longer. Serves one thread.
 */
final class DamageMap {

    private final TreeMap<Long, DamagedStretch> stretches = new TreeMap<>();
    private boolean isOverfull;

    /** Adds a stretch behind those that are known. */
    DamagedStretch add(DamagedStretch stretch) {
        if (stretches.size() >= VerificationReport.MAX_FINDINGS) {
            isOverfull = true;
            DamagedStretch last = stretches.lastEntry().getValue();
            last.extend(stretch.end());
            return last;
        }
        stretches.put(stretch.position(), stretch);
        return stretch;
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    /** Whether more was damaged than could be kept apart. */
    boolean isOverfull() {
        return isOverfull;
    }

    /** The stretch that holds a position; null if none does. */
    @Nullable DamagedStretch at(long position) {
        Map.Entry<Long, DamagedStretch> entry = stretches.floorEntry(position);
        return entry != null && position < entry.getValue().end() ? entry.getValue() : null;
    }

    /** Passes all on as findings that are not explained. */
    void report(String file, Findings findings) {
        stretches.values().stream()
                .filter(stretch -> !stretch.isExcused())
                .forEach(stretch -> findings.add(stretch.toFinding(file)));
    }
}

package io.entitydb.storage.io;

import io.entitydb.storage.io.Fault.Effect;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The failures that are still to come. Guarded by the disk's monitor. */
final class FaultPlan {

    private final List<Planned> planned = new ArrayList<>();

    void add(Fault fault) {
        planned.add(new Planned(fault));
    }

    void clear() {
        planned.clear();
    }

    /**
     * Counts a call and answers how it fails; null if it does not. Of several faults, the first.
     */
    @Nullable Effect next(DiskCall call) {
        Effect effect = null;
        for (var candidate : List.copyOf(planned)) {
            var fault = candidate.fault;
            if (fault.call() != call) {
                continue;
            }
            candidate.seen++;
            if (candidate.seen < fault.nth()) {
                continue;
            }
            if (!fault.isSticky()) {
                planned.remove(candidate);
            }
            if (effect == null) {
                effect = fault.effect();
            }
        }
        return effect;
    }

    private static final class Planned {

        private final Fault fault;
        private long seen;

        Planned(Fault fault) {
            this.fault = fault;
        }
    }
}

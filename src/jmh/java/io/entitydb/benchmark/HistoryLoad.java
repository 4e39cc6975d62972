package io.entitydb.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Entities of many versions, and the points at which each version became current. */
final class HistoryLoad {

    private final int entities;
    private final long first;
    private final long[] points;

    /**
     * Entities with numbers below 0.
     *
     * @param first the first of them
     * @param entities how many
     * @param versions of each
     */
    HistoryLoad(long first, int entities, int versions) {
        this.first = first;
        this.entities = entities;
        points = new long[versions];
    }

    void load(Store store) {
        Workload workload = new Workload(first);
        for (int version = 0; version < points.length; version++) {
            List<Write> writes = new ArrayList<>();
            for (int n = 0; n < entities; n++) {
                writes.add(workload.write(id(n)));
            }
            points[version] = store.commit(writes);
        }
    }

    private String id(int n) {
        return Workload.id(first + n);
    }

    /** Reads a version of an entity, all equally often. */
    Trial.Step reading(Store store) {
        return (client, workload) -> {
            String id = id(workload.below(entities));
            Population.require(store.readAt(id, points[workload.below(points.length)]), id);
            return 1;
        };
    }
}

package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a store does the work that is measured: the same writes in it and in {@link MemoryStore}
 * are read the same, by id, by point of the past and by tag.
 */
final class Agreement {

    private static final int ENTITIES = 60;
    private static final int COMMITS = 150;
    private static final int READS = 400;

    private final Store store;
    private final MemoryStore model = new MemoryStore();
    private final Workload workload;
    private final boolean isPaged;

    /** Points of the past: the store's, and the model's. */
    private final List<long[]> points = new ArrayList<>();

    private Agreement(Store store, long seed, boolean isPaged) {
        this.store = store;
        this.workload = new Workload(seed);
        this.isPaged = isPaged;
    }

    /**
     * Writes to an empty open store and compares.
     *
     * @param isPaged whether the store finds by tags
     * @throws IllegalStateException if it reads anything else
     */
    static void check(Store store, long seed, boolean isPaged) {
        Agreement agreement = new Agreement(store, seed, isPaged);
        agreement.write();
        agreement.compare();
    }

    private void write() {
        for (int i = 0; i < COMMITS; i++) {
            Set<String> ids = new HashSet<>();
            for (int n = workload.below(5); n >= 0; n--) {
                ids.add(Workload.id(workload.below(ENTITIES)));
            }
            List<Write> writes = ids.stream().map(workload::write).toList();
            points.add(new long[] {store.commit(writes), model.commit(writes)});
        }
    }

    private void compare() {
        for (int i = 0; i < READS; i++) {
            String id = Workload.id(workload.below(ENTITIES + 5));
            require(id, store.read(id), model.read(id));
            long[] point = points.get(workload.below(points.size()));
            require(id + " at " + point[1], store.readAt(id, point[0]), model.readAt(id, point[1]));
            if (isPaged) {
                comparePage("type:t" + workload.below(10), 1 + workload.below(10));
                comparePage(workload.owner(), 50);
            }
        }
    }

    private void comparePage(String tag, int limit) {
        List<Found> found = store.page(tag, limit);
        List<Found> expected = model.page(tag, limit);
        if (found.size() != expected.size()) {
            throw new IllegalStateException(
                    "%s: %d entities, not %d".formatted(tag, found.size(), expected.size()));
        }
        for (int i = 0; i < found.size(); i++) {
            require(tag + ", " + i, found.get(i), expected.get(i));
        }
    }

    private static void require(String what, @Nullable Found found, @Nullable Found expected) {
        boolean isSame;
        if (found == null || expected == null) {
            isSame = found == null && expected == null;
        } else {
            isSame =
                    found.tags().equals(expected.tags())
                            && found.length() == expected.length()
                            && Arrays.equals(found.content(), expected.content());
        }
        if (!isSame) {
            throw new IllegalStateException(what + " is not what was written");
        }
    }
}

package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Bytes that EntityDB's log takes for a transaction.
 *
 * @param first bytes of a transaction of one version
 * @param further bytes of each further version in it
 */
record FrameSize(int first, int further) {

    private static final int MANY = 100;
    private static final int SAMPLES = 20;

    /** Measures it in a directory that is taken away again. */
    static FrameSize measure(Path directory) throws IOException {
        Workload workload = new Workload(1);
        long ones;
        long many;
        try (EntityDbStore store = new EntityDbStore(directory)) {
            store.open();
            long start = store.frames();
            for (int n = 0; n < SAMPLES; n++) {
                store.commit(workload.writes(n, n + 1L));
            }
            ones = (store.frames() - start) / SAMPLES;
            start = store.frames();
            store.commit(workload.writes(SAMPLES, SAMPLES + MANY));
            many = store.frames() - start;
        }
        Directories.delete(directory);
        return new FrameSize((int) ones, (int) ((many - ones) / (MANY - 1)));
    }

    int of(int versions) {
        return first + (versions - 1) * further;
    }
}

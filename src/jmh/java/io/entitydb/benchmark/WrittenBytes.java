package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What reaches the disk for each byte of data that 64 clients commit, until the store has caught up
 * with itself. Of EntityDB also which part of it are frames and zeros of the log, and what the
 * image of the entity index adds, which is written once for so many bytes of log; the rest is the
 * header, search, the file system's journal, and whole blocks for parts of them.
 */
final class WrittenBytes {

    private static final int CLIENTS = 64;

    /** Space is claimed by the 16 MiB: a few of them have to be filled. */
    private static final double SECONDS_FACTOR = 3;

    /** Id, tags and content. */
    private static final int DATA_BYTES = 16 + 55 + Workload.CONTENT_BYTES;

    private final Bench bench;
    private final DiskCount disk;

    WrittenBytes(Bench bench, Path directory) {
        this.bench = bench;
        disk = new DiskCount(directory);
    }

    void run() throws InterruptedException, IOException {
        for (Map.Entry<Contender, Population> entry : bench.populations().entrySet()) {
            if (entry.getKey().isDurable()) {
                measure(entry.getKey(), entry.getValue());
            }
        }
    }

    private void measure(Contender contender, Population population)
            throws InterruptedException, IOException {
        Store store = population.store();
        store.settle();
        OptionalLong before = disk.written();
        EntityDbStore ours = store instanceof EntityDbStore engine ? engine : null;
        long frames = ours == null ? 0 : ours.frames();
        long zeros = ours == null ? 0 : ours.zeros();
        Trial trial =
                Trial.run(
                        Trial.Plan.writing(CLIENTS, SECONDS_FACTOR * bench.seconds()),
                        population.writing(CLIENTS));
        store.settle();
        double data = (double) trial.nanos().getTotalCount() * DATA_BYTES;
        OptionalLong after = disk.written();
        if (before.isPresent() && after.isPresent()) {
            add("bytes written", contender, (after.getAsLong() - before.getAsLong()) / data);
        }
        if (ours != null) {
            add("frames", contender, (ours.frames() - frames) / data);
            add("zeros", contender, (ours.zeros() - zeros) / data);
            ours.engine().checkpoint();
            double image = (double) ours.indexBytes() / ours.engine().status().tailLimitBytes();
            add("index", contender, image * (ours.frames() - frames) / data);
        }
    }

    private void add(String name, Contender contender, double ratio) {
        bench.figures().add(Figure.of(name, contender, "bytes a byte", ratio));
    }
}

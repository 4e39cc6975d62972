package io.entitydb.storage.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Two readers beside one writer, on a log of random versions.
 *
 * <p>The writer publishes each record after it applied it to the index. A reader takes a published
 * record and looks its key up: it must get the position of that record or of a later one, and be
 * asked only about records of keys with this hash that have been written.
 */
final class ReaderRace {

    private static final int READERS = 2;
    private static final int NOT_WRITTEN = -1;

    private final ConcurrentIndex index;
    private final long[] hashes;
    private final int[] keys;
    private final long seed;
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** The key of each record; plain, so that a reader sees it through the index only. */
    private final int[] written;

    private volatile int published;

    /**
     * A race that is not run yet.
     *
     * @param index empty
     * @param records how many the writer writes
     */
    ReaderRace(ConcurrentIndex index, Hashing hashing, int records, long seed) {
        this.index = index;
        this.seed = seed;
        RandomGenerator random = new Random(seed);
        keys = random.ints(records, 0, hashing.keys()).toArray();
        hashes = new long[hashing.keys()];
        for (int key = 0; key < hashes.length; key++) {
            hashes[key] = hashing.hash(key);
        }
        written = new int[records];
        Arrays.fill(written, NOT_WRITTEN);
    }

    /** Runs it; tells the first thing that a reader should not have seen. */
    Optional<String> run() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS + 1)) {
            List<Future<?>> running = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                RandomGenerator random = new Random(seed + reader);
                running.add(threads.submit(() -> read(random)));
            }
            running.add(threads.submit(this::write));
            for (Future<?> each : running) {
                each.get();
            }
        }
        return violations.stream().findFirst();
    }

    private static long positionOf(int record) {
        return RecordLog.START + (long) record * Long.BYTES;
    }

    private void write() {
        long[] newest = new long[hashes.length];
        for (int record = 0; record < keys.length && violations.isEmpty(); record++) {
            int key = keys[record];
            long position = positionOf(record);
            written[record] = key;
            if (newest[key] == 0) {
                index.insert(hashes[key], position);
            } else if (!index.replace(hashes[key], newest[key], position)) {
                report("key %d at %d cannot be replaced".formatted(key, newest[key]));
            }
            newest[key] = position;
            published = record + 1;
        }
        published = keys.length;
    }

    private void read(RandomGenerator random) {
        int seen = published;
        while (seen < keys.length && violations.isEmpty()) {
            seen = published;
            // Alternately any key, and one of those that are being written.
            int record =
                    random.nextBoolean()
                            ? random.nextInt(keys.length)
                            : Math.min(keys.length - 1, seen + random.nextInt(4));
            int key = keys[record];
            long atLeast = record < seen ? positionOf(record) : 0;
            long found = index.find(hashes[key], position -> isOf(key, position));
            if (found < atLeast) {
                report("key %d: found %d, known %d".formatted(key, found, atLeast));
            }
        }
    }

    private boolean isOf(int key, long position) {
        long record = (position - RecordLog.START) / Long.BYTES;
        if (record < 0 || record >= written.length || written[(int) record] == NOT_WRITTEN) {
            report("key %d: asked about position %d".formatted(key, position));
            return false;
        }
        int other = written[(int) record];
        if (hashes[other] != hashes[key]) {
            report("key %d: asked about key %d of another hash".formatted(key, other));
        }
        return other == key;
    }

    private void report(String what) {
        violations.add(what);
    }
}

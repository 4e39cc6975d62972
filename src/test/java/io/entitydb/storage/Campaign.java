package io.entitydb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Does the same with one seed after the other, on all processors, until enough is done. */
final class Campaign {

    private final long goal;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong nextSeed;

    /** One run. */
    @FunctionalInterface
    interface Run {

        /** Returns how much of the goal it reached; throws if something is wrong. */
        long of(long seed) throws Exception;
    }

    private Campaign(long firstSeed, long goal) {
        this.goal = goal;
        nextSeed = new AtomicLong(firstSeed);
    }

    /**
     * Runs with the seeds from the first one on.
     *
     * @return how much was reached, at least the goal
     * @throws AssertionError if a run failed; names its seed
     */
    static long run(long firstSeed, long goal, Run run) {
        Campaign campaign = new Campaign(firstSeed, goal);
        int processors = Runtime.getRuntime().availableProcessors();
        List<Future<Boolean>> workers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(processors)) {
            for (int i = 0; i < processors; i++) {
                workers.add(executor.submit(() -> campaign.work(run)));
            }
            for (Future<Boolean> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new AssertionError("a run failed: " + cause.getMessage(), cause);
        }
        return campaign.done.get();
    }

    private boolean work(Run run) {
        while (done.get() < goal) {
            long seed = nextSeed.getAndIncrement();
            try {
                done.addAndGet(run.of(seed));
            } catch (Exception | AssertionError e) {
                done.set(Long.MAX_VALUE / 2);
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        return true;
    }
}

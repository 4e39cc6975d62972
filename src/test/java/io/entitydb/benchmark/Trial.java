package io.entitydb.benchmark;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One measurement: some clients that do the same again and again for a while.
 *
 * @param perSecond what they did in a second, all together
 * @param nanos how long single steps took; of quick steps a sample
 */
record Trial(double perSecond, Histogram nanos) {

    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    /** What a client does once; returns how much that was. */
    @FunctionalInterface
    interface Step {
        int run(int client, Workload workload);
    }

    /**
     * How it is measured.
     *
     * @param clients how many
     * @param isVirtual whether they are virtual threads
     * @param seconds for how long
     * @param stride of how many steps one is timed; a power of 2
     * @param everyNanos how often each client begins; 0 for as often as it can
     */
    record Plan(int clients, boolean isVirtual, double seconds, int stride, long everyNanos) {

        Plan(int clients, boolean isVirtual, double seconds, int stride) {
            this(clients, isVirtual, seconds, stride, 0);
        }

        /**
         * Clients that together do so much in a second and no more. A step is timed from when it
         * was due, so that one that is slow shows in all that it holds up.
         */
        static Plan paced(int clients, double seconds, double perSecond) {
            return new Plan(clients, false, seconds, 1, (long) (clients * 1e9 / perSecond));
        }

        /** Clients that are platform threads and wait for the disk with each step. */
        static Plan writing(int clients, double seconds) {
            return new Plan(clients, false, seconds, 1);
        }

        /** Clients that are platform threads and wait for nothing. */
        static Plan reading(int clients, double seconds) {
            return new Plan(clients, false, seconds, 16);
        }
    }

    private record Share(long done, Histogram nanos) {}

    /** Measures. What a client throws is thrown here, when all have ended. */
    static Trial run(Plan plan, Step step) throws InterruptedException {
        long seed = System.nanoTime();
        long start = System.nanoTime();
        long end = start + (long) (plan.seconds() * 1e9);
        List<FutureTask<Share>> shares = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            int client = i;
            FutureTask<Share> share =
                    new FutureTask<>(
                            () -> share(client, new Workload(seed + client), step, plan, end));
            if (plan.isVirtual()) {
                Thread.startVirtualThread(share);
            } else {
                Thread.ofPlatform().name("client-" + i).start(share);
            }
            shares.add(share);
        }
        long done = 0;
        Histogram nanos = histogram();
        for (FutureTask<Share> future : shares) {
            Share share = result(future);
            done += share.done();
            nanos.add(share.nanos());
        }
        return new Trial(done * 1e9 / (System.nanoTime() - start), nanos);
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, 2);
    }

    private static Share result(FutureTask<Share> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        }
    }

    private static Share share(int client, Workload workload, Step step, Plan plan, long end) {
        Histogram nanos = histogram();
        int mask = plan.stride() - 1;
        long done = 0;
        long before = System.nanoTime();
        while (before < end) {
            Waiting.forNanos(before - System.nanoTime());
            done += step.run(client, workload);
            long after = System.nanoTime();
            nanos.recordValue(after - before);
            for (int i = 0; i < mask; i++) {
                done += step.run(client, workload);
            }
            if (plan.everyNanos() > 0) {
                before += plan.everyNanos();
            } else {
                before = mask == 0 ? after : System.nanoTime();
            }
        }
        return new Share(done, nanos);
    }
}

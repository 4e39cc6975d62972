package io.entitydb.storage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A coverage-guided fuzzer gives decoders whatever it can think of. */
class FuzzCampaignTests {

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void decodersAnswerOrRefuse() throws InterruptedException {
        long goal = ReliabilityGoal.FUZZ_EXECUTIONS.count();
        List<Future<Long>> runs = new ArrayList<>();
        long executions = 0;
        try (ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (FuzzTarget target : FuzzTarget.values()) {
                long part = Math.ceilDiv(goal * target.percent(), 100);
                runs.add(executor.submit(() -> fuzz(target, part)));
            }
            for (Future<Long> run : runs) {
                executions += run.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed, e.getCause());
        }

        ReliabilityReport.reached(ReliabilityGoal.FUZZ_EXECUTIONS, seed, executions, start);
    }

    private long fuzz(FuzzTarget target, long executions) throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(target);
        long done = run.run(executions, seed);
        if (Boolean.getBoolean("fuzz.keep")) {
            Path minimal = run.corpus().resolveSibling("minimal");
            run.mergeInto(minimal);
            FuzzCorpus.pack(target, minimal);
        }
        return done;
    }
}

package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/** Many threads at once. Each race is also run by a broken twin, which has to lose it. */
class HeaderSyncRaceTests {

    private static final int THREADS = 64;
    private static final long UPDATES = 25;
    private static final int READERS = 4;
    private static final int ROUNDS_TO_CATCH_A_TWIN = 50;

    @Test
    void updatesAreAtomicUnder64Threads() throws Exception {
        Outcome outcome = race(HeaderOwner::synchronised);

        assertThat(outcome).isEqualTo(new Outcome(0, 0, 0));
    }

    @Test
    void offsetsAreNeverZeroWhilePublicationsRun() throws Exception {
        HeaderSync sync = new HeaderSync(Headers.ofNewFile(), HeaderCodec::encode);

        List<Long> lowest =
                inThreads(
                        THREADS,
                        () -> {
                            long offset = Long.MAX_VALUE;
                            for (int i = 0; i < UPDATES; i++) {
                                sync.update(h -> Headers.after(h.walSequence() + 1, h));
                                offset = Math.min(offset, sync.walOffset());
                                offset = Math.min(offset, sync.tagDictOffset());
                            }
                            return offset;
                        });

        long updates = THREADS * UPDATES;
        assertThat(lowest).allSatisfy(offset -> assertThat(offset).isGreaterThan(8192));
        assertThat(sync.counters())
                .returns(updates, HeaderCounters::walOffsetValid)
                .returns(0L, HeaderCounters::walOffsetInvalid)
                .returns(updates, HeaderCounters::tagDictOffsetValid)
                .returns(0L, HeaderCounters::tagDictOffsetInvalid)
                .returns(updates, HeaderCounters::published)
                .returns(updates, HeaderCounters::lockAcquired);
    }

    @Test
    void lostUpdatesOfAnUnlockedTwinAreCaught() throws Exception {
        assertThat(worstOf(HeaderOwner.Unlocked::new).lostUpdates()).isPositive();
    }

    @Test
    void mixedHeadersOfATwinThatReadsTwiceAreCaught() throws Exception {
        assertThat(worstOf(HeaderOwner.ReadTwice::new).mixedHeaders()).isPositive();
    }

    @Test
    void unforcedHeadersOfATwinThatSwapsFirstAreCaught() throws Exception {
        assertThat(worstOf(HeaderOwner.SwapsFirst::new).unforcedHeaders()).isPositive();
    }

    @Test
    void walSequencesAreUniqueAndWithoutGaps() throws Exception {
        HeaderSync sync = new HeaderSync(Headers.ofNewFile(), next -> {});
        long perThread = 1000;

        List<List<Long>> numbers =
                inThreads(
                        THREADS,
                        () ->
                                LongStream.range(0, perThread)
                                        .map(i -> sync.nextWalSequence())
                                        .boxed()
                                        .toList());

        assertThat(numbers.stream().flatMap(List::stream).sorted())
                .isEqualTo(LongStream.rangeClosed(1, THREADS * perThread).boxed().toList());
        assertThat(numbers).allSatisfy(own -> assertThat(own).isSorted());
    }

    @Test
    void entityCountLosesNothing() throws Exception {
        HeaderSync sync = new HeaderSync(Headers.ofNewFile(), next -> {});
        LongAdder refusals = new LongAdder();

        inThreads(
                THREADS,
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        sync.addEntities(3);
                        sync.addEntities(-2);
                        refuseToEmpty(sync, refusals);
                    }
                    return THREADS;
                });

        assertThat(sync.entityCount()).isEqualTo(THREADS * 1000L);
        assertThat(refusals.sum()).isEqualTo(THREADS * 1000L);
    }

    private static void refuseToEmpty(HeaderSync sync, LongAdder refusals) {
        try {
            sync.addEntities(-1_000_000_000);
        } catch (HeaderUpdateRefusedException e) {
            refusals.increment();
        }
    }

    /** Twins fail by chance; a few rounds make sure of it. */
    private static Outcome worstOf(BiFunction<Header, HeaderSink, HeaderOwner> twin)
            throws Exception {
        Outcome outcome = new Outcome(0, 0, 0);
        for (int i = 0; i < ROUNDS_TO_CATCH_A_TWIN && outcome.isClean(); i++) {
            outcome = race(twin);
        }
        return outcome;
    }

    private static Outcome race(BiFunction<Header, HeaderSink, HeaderOwner> factory)
            throws Exception {
        AtomicLong forcedGeneration = new AtomicLong(1);
        HeaderOwner owner =
                factory.apply(
                        Headers.ofNewFile(),
                        next -> {
                            Header landed =
                                    HeaderCodec.decode(
                                            HeaderCodec.encode(next), next.slot(), "slot");
                            forcedGeneration.accumulateAndGet(landed.generation(), Math::max);
                        });
        AtomicBoolean isRunning = new AtomicBoolean(true);
        LongAdder mixed = new LongAdder();
        LongAdder unforced = new LongAdder();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < READERS; i++) {
                readers.execute(
                        () -> {
                            while (isRunning.get()) {
                                observe(owner, forcedGeneration, mixed, unforced);
                            }
                        });
            }
            inThreads(
                    THREADS,
                    () -> {
                        for (int i = 0; i < UPDATES; i++) {
                            owner.update(h -> Headers.after(h.walSequence() + 1, h));
                        }
                        return THREADS;
                    });
            isRunning.set(false);
        }
        long done = owner.current().walSequence();
        return new Outcome(THREADS * UPDATES - done, mixed.sum(), unforced.sum());
    }

    private static void observe(
            HeaderOwner owner, AtomicLong forcedGeneration, LongAdder mixed, LongAdder unforced) {
        try {
            Header header = owner.current();
            if (header.generation() > forcedGeneration.get()) {
                unforced.increment();
            }
            if (!Headers.isOfOnePublication(header)) {
                mixed.increment();
            }
        } catch (HeaderRuleException e) {
            mixed.increment();
        }
    }

    private static <T> List<T> inThreads(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<T>> futures = new ArrayList<>();
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                futures.add(
                        executor.submit(
                                () -> {
                                    start.await();
                                    return work.call();
                                }));
            }
        }
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private record Outcome(long lostUpdates, long mixedHeaders, long unforcedHeaders) {

        boolean isClean() {
            return equals(new Outcome(0, 0, 0));
        }
    }
}

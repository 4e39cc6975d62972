package io.entitydb.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class EntityIndexRaceTests {

    private static final int ROUNDS = 30;
    private static final int ROUNDS_TO_CATCH = 500;
    private static final int RECORDS = 20_000;

    @ParameterizedTest
    @EnumSource(Hashing.class)
    void readersFindEveryPublishedKey(Hashing hashing) throws Exception {
        long seed = printedSeed(hashing);
        int records = Math.min(RECORDS, hashing.operations());

        for (int round = 0; round < ROUNDS; round++) {
            ReaderRace race =
                    new ReaderRace(ConcurrentIndex.real(), hashing, records, seed + round);

            assertThat(race.run()).as("seed %d", seed + round).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(FlawedIndex.Flaw.class)
    void theRaceShowsAFlaw(FlawedIndex.Flaw flaw) throws Exception {
        long seed = printedSeed(flaw);
        Optional<String> seen = Optional.empty();

        for (int round = 0; round < ROUNDS_TO_CATCH && seen.isEmpty(); round++) {
            seen = new ReaderRace(new FlawedIndex(flaw), Hashing.SIP, RECORDS, seed + round).run();
        }

        assertThat(seen).isPresent();
    }

    @Test
    void aVisitBesideTheWriterSeesEveryEntryThatWasThereOnce() throws Exception {
        long seed = printedSeed("visit");
        int[] keys = new Random(seed).ints(400_000, 0, 100_000).toArray();
        EntityIndex index = new EntityIndex();
        AtomicInteger published = new AtomicInteger();

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writer = threads.submit(() -> write(index, keys, published));
            int visits = 0;
            while (!writer.isDone()) {
                requireVisit(index, keys, published.get());
                visits++;
            }
            writer.get();
            assertThat(visits).isPositive();
        }
        requireVisit(index, keys, keys.length);
    }

    private static void write(EntityIndex index, int[] keys, AtomicInteger published) {
        long[] newest = new long[100_000];
        for (int record = 0; record < keys.length; record++) {
            int key = keys[record];
            long position = RecordLog.START + 8L * record;
            if (newest[key] == 0) {
                index.insert(hashOf(key), position);
            } else {
                index.replace(hashOf(key), newest[key], position);
            }
            newest[key] = position;
            published.set(record + 1);
        }
    }

    private static void requireVisit(EntityIndex index, int[] keys, int before) {
        long[] seen = new long[100_000];
        index.forEach(
                (hash, position) -> {
                    int key = keys[(int) ((position - RecordLog.START) / 8)];
                    assertThat(hash).isEqualTo(hashOf(key));
                    assertThat(seen[key]).as("key %d is seen once", key).isZero();
                    seen[key] = position;
                });
        for (int record = 0; record < before; record++) {
            if (seen[keys[record]] < RecordLog.START + 8L * record) {
                throw new AssertionError(
                        "key %d: saw %d, not record %d or later"
                                .formatted(keys[record], seen[keys[record]], record));
            }
        }
    }

    /** A bijection, cheap and spread over all bits; never 0. */
    private static long hashOf(int key) {
        return (key + 1) * 0x9e3779b97f4a7c15L;
    }

    private static long printedSeed(Object subject) {
        long seed = new Random().nextLong();
        System.out.println("EntityIndexRaceTests " + subject + " seed " + seed);
        return seed;
    }
}

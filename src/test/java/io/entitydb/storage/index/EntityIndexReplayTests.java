package io.entitydb.storage.index;

import static io.entitydb.storage.index.Images.contents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

class EntityIndexReplayTests {

    private static final PositionTest NEVER_ASKED =
            position -> {
                throw new AssertionError("asked about " + position);
            };

    @ParameterizedTest
    @EnumSource(Hashing.class)
    void replayOverAFuzzyImageGivesWhatAFullRebuildGives(Hashing hashing) {
        long seed = new Random().nextLong();
        System.out.println("EntityIndexReplayTests " + hashing + " seed " + seed);
        RandomGenerator random = new Random(seed);

        for (int round = 0; round < 20; round++) {
            RecordLog log = new RecordLog(hashing);
            EntityIndex live = new EntityIndex();
            int records = random.nextInt(hashing.operations() / 10);
            write(live, log, random, records);
            long replayFrom = log.end();
            Map<Long, Long> image = fuzzyImage(live, log, random);
            write(live, log, random, random.nextInt(records + 1));

            assertThat(contents(replayed(image, log, replayFrom)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(contents(replayed(Map.of(), log, RecordLog.START)))
                    .isEqualTo(contents(replayed(image, log, RecordLog.START)))
                    .isEqualTo(contents(live));
        }
    }

    @Test
    void aFirstVersionIsAdded() {
        EntityIndex index = new EntityIndex();

        index.replay(5, 0, 8192, NEVER_ASKED);

        assertThat(index.find(5, position -> true)).isEqualTo(8192);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aLaterVersionReplacesThePreviousOneWithoutReadingIt() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 8192);
        index.insert(5, 8200);

        index.replay(5, 8200, 9000, NEVER_ASKED);

        assertThat(contents(index)).isEqualTo(Map.of(8192L, 5L, 9000L, 5L));
    }

    @Test
    void aVersionThatIsThereStays() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 9000);

        index.replay(5, 8192, 9000, NEVER_ASKED);

        assertThat(contents(index)).isEqualTo(Map.of(9000L, 5L));
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aLaterVersionOfTheSameKeyStays() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 9000);

        index.replay(5, 8192, 8200, position -> position == 9000);

        assertThat(contents(index)).isEqualTo(Map.of(9000L, 5L));
    }

    @Test
    void aVersionWhosePredecessorWasNotReplayedReplacesAnEarlierOne() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 8192);

        index.replay(5, 8200, 9000, position -> position == 8192);

        assertThat(contents(index)).isEqualTo(Map.of(9000L, 5L));
    }

    @Test
    void anotherKeyWithTheSameHashIsLeftAlone() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 9000);

        index.replay(5, 0, 8200, position -> false);

        assertThat(contents(index)).isEqualTo(Map.of(9000L, 5L, 8200L, 5L));
        assertThat(index.size()).isEqualTo(2);
    }

    private static void write(EntityIndex index, RecordLog log, RandomGenerator random, int n) {
        for (int i = 0; i < n; i++) {
            RecordLog.Entry entry = log.append(random.nextInt(log.hashing().keys()));
            if (entry.previousPosition() == 0) {
                index.insert(entry.hash(), entry.position());
            } else {
                index.replace(entry.hash(), entry.previousPosition(), entry.position());
            }
        }
    }

    /** An image between whose entries the writer goes on, resizes included: position to hash. */
    private static Map<Long, Long> fuzzyImage(
            EntityIndex live, RecordLog log, RandomGenerator random) {
        Map<Long, Long> image = new HashMap<>();
        live.forEach(
                (hash, position) -> {
                    image.put(position, hash);
                    write(live, log, random, random.nextInt(4));
                });
        return image;
    }

    private static EntityIndex replayed(Map<Long, Long> image, RecordLog log, long from) {
        EntityIndex index = new EntityIndex(image.size());
        image.forEach((position, hash) -> index.insert(hash, position));
        for (long position = from; position < log.end(); position += Long.BYTES) {
            RecordLog.Entry entry = log.at(position);
            index.replay(
                    entry.hash(),
                    entry.previousPosition(),
                    entry.position(),
                    isAskable(index, entry) ? log.keyTest(entry.key()) : NEVER_ASKED);
        }
        return index;
    }

    private static boolean isAskable(EntityIndex index, RecordLog.Entry entry) {
        Set<Long> positions = new HashSet<>();
        index.find(
                entry.hash(),
                position -> {
                    positions.add(position);
                    return false;
                });
        return !positions.contains(entry.position())
                && !positions.contains(entry.previousPosition());
    }
}

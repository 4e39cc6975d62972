package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entitydb.entity.Entity;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogEntry;
import io.entitydb.storage.BrokenLog.Step;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Damage in the replayed range: the state before it, and what is certain behind it. */
class GapTests {

    private static final int STEPS = BrokenLog.STEPS;

    static Stream<Set<Integer>> lost() {
        return Stream.of(
                Set.of(1),
                Set.of(2),
                Set.of(1, 2, 3),
                Set.of(12),
                Set.of(12, 13, 14, 15),
                Set.of(5, 9, 17),
                Set.of(2, 3, 20, 21, 29),
                Set.of(STEPS - 1),
                Set.of(3, STEPS - 1));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void zeroedFramesAreRefusedAndAllThatIsCertainIsServed(Set<Integer> lost) {
        BrokenLog log = BrokenLog.killed();
        lost.forEach(log::zeroFrame);

        requireHonest(log, new TreeSet<>(lost));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void framesWithADamagedRecordAreRefusedAndAllThatIsCertainIsServed(Set<Integer> lost) {
        BrokenLog log = BrokenLog.killed();
        lost.forEach(log::flipContent);

        requireHonest(log, new TreeSet<>(lost));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void rebuildingTheIndexMeetsTheSameGaps(Set<Integer> lost) {
        BrokenLog log = BrokenLog.closed();
        lost.forEach(log::zeroFrame);
        log.disk().delete("entities.idx");

        requireHonest(log, new TreeSet<>(lost));
    }

    private static void requireHonest(BrokenLog log, SortedSet<Integer> lost) {
        try (TextStore store = log.open()) {
            assertThat(store.state())
                    .isInstanceOfSatisfying(
                            StoreState.ReadOnly.class,
                            state ->
                                    assertThat(state.reason())
                                            .isEqualTo(StoreState.Reason.CORRUPTION));
            requirePresent(log, lost, store);
            requireVersions(log, lost, store);
            requireTransactions(log, lost, store);
            requireInstants(log, store);
            requireFollowersStop(lost, store);
        }
    }

    /** The state before the gap. */
    private static void requirePresent(BrokenLog log, SortedSet<Integer> lost, TextStore store) {
        int border = lost.first() - 1;
        Snapshot now = store.engine().snapshot();
        assertThat(now.sequence()).isEqualTo(border);
        for (String key : BrokenLog.KEYS) {
            Step expected = log.newest(key, border);
            assertThat(store.text(key)).isEqualTo(expected == null ? null : expected.text());
        }
        assertThatThrownBy(() -> store.save("a", "refused"))
                .isInstanceOf(StorageReadOnlyException.class);
    }

    private static void requireVersions(BrokenLog log, SortedSet<Integer> lost, TextStore store) {
        Snapshot now = store.engine().snapshot();
        for (Step step : log.steps()) {
            Supplier<Optional<Entity>> read =
                    () -> now.version(TextStore.key(step.key()), step.number());
            if (lost.contains(step.sequence())) {
                assertThatThrownBy(read::get).isInstanceOf(CorruptDataException.class);
            } else {
                requireText(read, step);
            }
        }
        for (String key : BrokenLog.KEYS) {
            assertThat(now.version(TextStore.key(key), 1000)).isEmpty();
        }
    }

    private static void requireTransactions(
            BrokenLog log, SortedSet<Integer> lost, TextStore store) {
        for (int sequence = 1; sequence <= STEPS; sequence++) {
            int at = sequence;
            if (lost.contains(at)) {
                CorruptDataException refusal =
                        catchThrowableOfType(
                                CorruptDataException.class, () -> store.engine().snapshotAt(at));
                assertThat(refusal.lost()).isNotNull();
                assertThat(refusal.lost().meets(at, at)).isTrue();
                continue;
            }
            Snapshot then = store.engine().snapshotAt(at);
            assertThat(then.sequence()).isEqualTo(at);
            for (String key : BrokenLog.KEYS) {
                requireAnswer(
                        () -> then.latest(TextStore.key(key)),
                        log.newest(key, at),
                        log.isCertain(key, at, lost));
            }
        }
        assertThatThrownBy(() -> store.engine().snapshotAt(STEPS + 1))
                .isInstanceOf(InvalidQueryException.class);
    }

    private static void requireInstants(BrokenLog log, TextStore store) {
        for (Step step : log.steps()) {
            for (long shift : new long[] {-1, 0, 1}) {
                Timestamp at = new Timestamp(step.commitTime() + shift);
                if (step.sequence() == STEPS && shift > 0) {
                    continue;
                }
                int sequence = log.sequenceAt(at.epochNanos());
                Snapshot then = store.engine().snapshotAt(at);
                for (String key : BrokenLog.KEYS) {
                    requireAnswer(
                            () -> then.latest(TextStore.key(key)),
                            log.newest(key, sequence),
                            false);
                }
            }
        }
    }

    private static void requireFollowersStop(SortedSet<Integer> lost, TextStore store) {
        LogFollower follower = store.engine().follow(0);
        try {
            for (int sequence = 1; sequence < lost.first(); sequence++) {
                LogEntry entry = follower.next(Duration.ZERO);
                assertThat(entry).isNotNull();
                assertThat(entry.sequence()).isEqualTo(sequence);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        CorruptDataException end =
                catchThrowableOfType(
                        CorruptDataException.class, () -> follower.next(Duration.ZERO));
        assertThat(end.lost()).isNotNull();
        assertThat(end.lost().first()).isEqualTo(lost.first().longValue());
    }

    private static void requireText(Supplier<Optional<Entity>> read, Step step) {
        Entity entity = read.get().orElseThrow();
        assertThat(entity.version().number()).isEqualTo(step.number());
        assertThat(DamagedStore.textOf(entity)).isEqualTo(step.text());
    }

    /** The right answer, or a refusal where it is not certain. */
    private static void requireAnswer(
            Supplier<Optional<Entity>> read, @Nullable Step expected, boolean isCertain) {
        Optional<Entity> answer;
        try {
            answer = read.get();
        } catch (CorruptDataException e) {
            assertThat(isCertain).as("refused: %s", e.getMessage()).isFalse();
            return;
        }
        assertThat(answer.map(DamagedStore::textOf))
                .isEqualTo(Optional.ofNullable(expected).map(Step::text));
    }

    @Test
    void lostTransactionsAreNamedFromTheFirstToTheLast() {
        BrokenLog log = BrokenLog.killed();
        log.zeroFrame(12);
        log.zeroFrame(13);
        log.flipContent(20);

        try (TextStore store = log.open()) {
            RecoveryReport report = store.engine().status().recovery();
            assertThat(report).isNotNull();
            assertThat(report.damage()).isNotNull();
            assertThat(report.damage().afterSequence()).isEqualTo(11);
            assertThat(report.damage().lost())
                    .containsExactly(new LostSequences(12, 13), new LostSequences(20, 20));
            assertThat(report.damage().lastReadable()).isEqualTo(STEPS);
            assertThat(store.engine().status().quarantined().places())
                    .hasSize(2)
                    .allSatisfy(
                            place -> {
                                assertThat(place.part()).isEqualTo(DamagedPlace.Part.FRAME);
                                assertThat(place.finder()).isEqualTo(DamagedPlace.Finder.OPENING);
                                assertThat(place.length()).isPositive();
                            });
        }
    }

    @Test
    void allThatFollowsIsLostWhereNothingBehindTheGapVerifies() {
        BrokenLog log = BrokenLog.closed();
        for (int sequence = 20; sequence <= STEPS; sequence++) {
            log.zeroFrame(sequence);
        }
        log.disk().delete("entities.idx");

        try (TextStore store = log.open()) {
            assertThat(store.engine().snapshot().sequence()).isEqualTo(19);
            assertThat(store.engine().status().recovery()).isNotNull();
            assertThat(store.engine().status().recovery().damage()).isNotNull();
            assertThat(store.engine().status().recovery().damage().lost())
                    .containsExactly(new LostSequences(20, STEPS));
            assertThatThrownBy(() -> store.engine().snapshotAt(25))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("transactions 20 to " + STEPS);
        }
    }

    @Test
    void framesThatWereCutOutOfTheFileAreLost() {
        BrokenLog log = BrokenLog.killed();
        log.overwriteFrame(12, 13);

        requireHonest(log, new TreeSet<>(Set.of(12)));
    }

    @Test
    void historyBehindTheGapIsServedWhereItIsWhole() {
        BrokenLog log = BrokenLog.killed();
        log.zeroFrame(1);

        try (TextStore store = log.open()) {
            Snapshot last = store.engine().snapshotAt(STEPS);
            String touched = log.steps().getFirst().key();
            String untouched =
                    BrokenLog.KEYS.stream()
                            .filter(key -> !key.equals(touched))
                            .findFirst()
                            .orElseThrow();
            Step newest = log.newest(untouched, STEPS);
            assertThat(newest).isNotNull();
            List<Entity> versions =
                    last.history(TextStore.key(untouched), HistoryRange.newest(1000));
            assertThat(versions).hasSize(newest.number());
            assertThatThrownBy(
                            () -> last.history(TextStore.key(touched), HistoryRange.newest(1000)))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void nothingIsWrittenToAStoreWithAGap() {
        BrokenLog log = BrokenLog.killed();
        log.zeroFrame(12);
        byte[] damaged = log.disk().contents("entities.edb");

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = log.open()) {
                assertThat(store.engine().snapshot().sequence()).isEqualTo(11);
            }
            assertThat(log.disk().contents("entities.edb")).isEqualTo(damaged);
        }
    }
}

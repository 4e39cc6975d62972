package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.storage.io.SimulatedClock;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Commit times grow whatever the clock does, and an instant has one answer for ever. */
class CommitTimeTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final int WRITERS = 3;
    private static final int QUESTIONS = 3_000;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedDisk disk = new SimulatedDisk(9, clock);

    @Test
    void commitTimesGrowWhenTheClockStepsBackOrStands() {
        LongAdder regressions = new LongAdder();
        StorageObserver observer =
                new StorageObserver() {
                    @Override
                    public void clockRegressed(long nanos) {
                        regressions.increment();
                    }
                };
        List<Timestamp> times = new ArrayList<>();
        try (TextStore store = TextStore.open(disk, OPTIONS, observer)) {
            times.add(commitTime(store, store.save("a", "on time")));
            clock.advance(-HOUR_NANOS);
            times.add(commitTime(store, store.save("a", "an hour back")));
            clock.step(0);
            times.add(commitTime(store, store.save("a", "clock stands")));
            clock.step(-1000);
            times.add(commitTime(store, store.save("a", "clock runs backwards")));
        }
        clock.advance(-HOUR_NANOS);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            times.add(commitTime(store, store.save("a", "opened with an earlier clock")));
            clock.step(1);
            clock.advance(5 * HOUR_NANOS);
            times.add(commitTime(store, store.save("a", "clock is right again")));

            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(regressions.sum()).isPositive();
            for (int version = 1; version <= times.size(); version++) {
                Timestamp at = times.get(version - 1);
                assertThat(store.engine().snapshotAt(at).latest(TextStore.key("a")))
                        .isEqualTo(store.engine().snapshot().version(TextStore.key("a"), version));
            }
        }
    }

    private static Timestamp commitTime(TextStore store, long sequence) {
        return store.engine()
                .snapshotAt(sequence)
                .latest(TextStore.key("a"))
                .orElseThrow()
                .version()
                .at();
    }

    @Test
    void instantHasOneAnswerWhileOthersCommit() throws Exception {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            long changed =
                    changedAnswers(
                            store, at -> store.engine().snapshotAt(at).latest(TextStore.key("a")));

            assertThat(changed).isZero();
        }
    }

    @Test
    void answerWaitsForACommitThatIsStampedButNotVisible() throws Exception {
        GatedDisk gated = new GatedDisk(disk);
        try (TextStore store = TextStore.open(gated.disk(), OPTIONS);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            store.save("a", "before");
            GatedDisk.Gate gate = gated.holdNextWrite();
            Future<Long> commit = callers.submit(() -> store.save("a", "in flight"));
            gate.awaitReached();
            Timestamp at = new Timestamp(clock.now());

            Optional<Entity> unguarded = store.engine().snapshot().asOf(TextStore.key("a"), at);
            Future<Optional<Entity>> guarded =
                    callers.submit(() -> store.engine().snapshotAt(at).latest(TextStore.key("a")));
            gate.open();

            Optional<Entity> later = store.engine().snapshotAt(at).latest(TextStore.key("a"));
            assertThat(commit.get()).isEqualTo(2);
            assertThat(guarded.get()).isEqualTo(later);
            // The broken twin: whoever does not wait is given an answer that changes.
            assertThat(unguarded).isPresent().isNotEqualTo(later);
        }
    }

    /** Asks for an instant while writers commit, and again later. */
    private long changedAnswers(TextStore store, Function<Timestamp, Optional<Entity>> ask)
            throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> writers = new ArrayList<>();
        ExecutorService callers = Executors.newCachedThreadPool();
        for (int i = 0; i < WRITERS; i++) {
            // The first writes what is asked for, the others keep the batches long.
            String id = i == 0 ? "a" : "other" + i;
            writers.add(callers.submit(() -> saveUntil(isOver, store, id)));
        }
        List<Timestamp> instants = new ArrayList<>();
        List<Optional<Entity>> answers = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Timestamp at = new Timestamp(clock.now());
            instants.add(at);
            answers.add(ask.apply(at));
        }
        isOver.set(true);
        for (Future<?> writer : writers) {
            writer.get();
        }
        callers.shutdown();
        long changed = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            if (!ask.apply(instants.get(i)).equals(answers.get(i))) {
                changed++;
            }
        }
        return changed;
    }

    private static void saveUntil(AtomicBoolean isOver, TextStore store, String id) {
        for (int i = 0; !isOver.get(); i++) {
            store.save(id, "text " + i);
        }
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

/** A store whose write or force has failed is opened again in the same process. */
class ReopeningTests {

    private static final int ATTEMPTS = 3;

    /** An opening lists the directory less often than this. */
    private static final long MOST_LISTS = 8;

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder()
                    .reopenings(ATTEMPTS)
                    .reopenDelay(Duration.ofSeconds(1))
                    .build();

    private final SimulatedDisk disk = new SimulatedDisk(5);

    private interface Scenario {
        void play(TextStore store, DeterministicCrew crew) throws Exception;
    }

    private void play(Scenario scenario) {
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (TextStore store = TextStore.open(disk, OPTIONS, crew)) {
                        scenario.play(store, crew);
                    }
                    return disk;
                });
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
    }

    private static void fail(TextStore store) {
        assertThatThrownBy(() -> store.save("b", "unknown"))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> store.save("b", "refused"))
                .isInstanceOf(StorageReadOnlyException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "PAGES_DROPPED", "PAGES_PARTLY_DROPPED"})
    void writesAreTakenAgainAfterAFailedForce(Effect effect) {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    disk.control().inject(Fault.of(DiskCall.FORCE, effect));
                    fail(store);

                    crew.pause(Duration.ofSeconds(2));

                    assertThat(store.state()).isEqualTo(new StoreState.Ready());
                    assertThat(store.text("a")).isEqualTo("acknowledged");
                    assertThat(store.text("b")).isIn(null, "unknown");
                    store.save("c", "after");
                });
        disk.crashStates(new CrashPlan(1, 50))
                .forEach(
                        state -> {
                            try (TextStore store = TextStore.open(state, OPTIONS)) {
                                assertThat(store.text("a")).isEqualTo("acknowledged");
                                assertThat(store.text("c")).isEqualTo("after");
                            }
                        });
    }

    @Test
    void unknownCommitIsFoundOrNotButStaysSo() {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                    fail(store);

                    crew.pause(Duration.ofSeconds(2));

                    assertThat(store.text("b")).isEqualTo("unknown");
                    assertThat(store.save("c", "after")).isEqualTo(3);
                });
    }

    @Test
    void readsGoOnMeanwhileAndALittleLonger() {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    Snapshot before = store.engine().snapshot();
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_DROPPED));
                    fail(store);

                    assertThat(store.text("a")).isEqualTo("acknowledged");
                    crew.pause(Duration.ofSeconds(2));
                    assertThat(before.latest(TextStore.key("a"))).isPresent();

                    crew.pause(Duration.ofMinutes(5));
                    assertThatThrownBy(() -> before.latest(TextStore.key("a")))
                            .isInstanceOf(StorageClosedException.class);
                    assertThat(disk.openFiles()).isEqualTo(1);
                });
    }

    @Test
    void attemptsAreBounded() {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR).sticky());
                    fail(store);

                    crew.pause(Duration.ofHours(1));

                    long calls = disk.control().calls(DiskCall.LIST);
                    assertThat(calls).isLessThan((1 + ATTEMPTS) * MOST_LISTS);
                    assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
                    assertThat(store.text("a")).isEqualTo("acknowledged");
                    disk.control().clearFaults();
                    crew.pause(Duration.ofHours(1));
                    assertThat(disk.control().calls(DiskCall.LIST)).isEqualTo(calls);
                    assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
                });
    }

    @Test
    void laterAttemptSucceedsWhenTheDeviceIsWellAgain() {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR).sticky());
                    fail(store);

                    crew.pause(Duration.ofMillis(1500));
                    assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
                    disk.control().clearFaults();
                    crew.pause(Duration.ofSeconds(10));

                    assertThat(store.state()).isEqualTo(new StoreState.Ready());
                    store.save("c", "after");
                });
    }

    @Test
    void storeThatFailsAgainAndAgainIsNotReopenedForEver() {
        play(
                (store, crew) -> {
                    for (int i = 0; i < ATTEMPTS; i++) {
                        disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                        fail(store);
                        crew.pause(Duration.ofMinutes(1));
                        assertThat(store.state()).isEqualTo(new StoreState.Ready());
                    }
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                    fail(store);

                    crew.pause(Duration.ofHours(1));

                    assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
                });
    }

    @Test
    void instantOfAnUnknownCommitIsNotAnsweredUntilItIsKnown() {
        play(
                (store, crew) -> {
                    store.save("a", "acknowledged");
                    Timestamp before = new Timestamp(disk.now());
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                    fail(store);
                    Timestamp after = new Timestamp(disk.now());

                    assertThat(store.engine().snapshotAt(before).latest(TextStore.key("a")))
                            .isPresent();
                    assertThatThrownBy(() -> store.engine().snapshotAt(after))
                            .isInstanceOf(OutcomeUnknownException.class);

                    crew.pause(Duration.ofSeconds(2));
                    assertThat(store.engine().snapshotAt(after).latest(TextStore.key("b")))
                            .isPresent();
                });
    }

    @Test
    void instantThatWasAnsweredBeforeIsAnsweredTheSameAfterwards() {
        play(
                (store, crew) -> {
                    store.save("a", "first");
                    disk.clock().advance(10);
                    Timestamp asked = new Timestamp(disk.now());
                    assertThat(store.engine().snapshotAt(asked).latest(TextStore.key("c")))
                            .isEmpty();
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                    fail(store);
                    crew.pause(Duration.ofSeconds(2));

                    disk.clock().advance(-1_000_000);
                    store.save("c", "stamped behind what was asked for");

                    assertThat(store.engine().snapshotAt(asked).latest(TextStore.key("c")))
                            .isEmpty();
                });
    }

    @Test
    void followerOfThePoisonedStoreIsToldToBeginAgain() {
        play(
                (store, crew) -> {
                    store.save("a", "first");
                    LogFollower follower = store.engine().follow(0);
                    assertThat(follower.nextCommit(Duration.ZERO)).isNotNull();
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
                    fail(store);
                    crew.pause(Duration.ofSeconds(2));

                    assertThatThrownBy(() -> follower.next(Duration.ofSeconds(1)))
                            .isInstanceOf(StorageClosedException.class);
                    assertThat(store.engine().follow(1).nextCommit(Duration.ZERO)).isNotNull();
                });
    }

    @Test
    void closingDoesNotWaitForTheNextAttempt() {
        play(
                (store, crew) -> {
                    disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR).sticky());
                    fail(store);
                    long start = crew.nanoTime();

                    store.close();

                    assertThat(crew.nanoTime() - start).isZero();
                });
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** After a force that failed nothing is acknowledged until the store is opened again. */
class FailedForceTests {

    private static final Duration NEVER_IDLE = Duration.ofHours(1);

    private final SimulatedDisk disk = new SimulatedDisk(5);
    private final GatedDisk gated = new GatedDisk(disk);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "PAGES_DROPPED", "PAGES_PARTLY_DROPPED"})
    void batchAndQueueHaveAnUnknownOutcomeAndReadsGoOn(Effect effect) {
        long forces;
        try (TextStore store = open(gated.disk())) {
            store.save("a", "acknowledged");
            forces = disk.control().calls(DiskCall.FORCE);
            disk.control().inject(Fault.of(DiskCall.FORCE, effect));

            GatedDisk.Gate gate = gated.holdNextWrite();
            Future<Long> inBatch = callers.submit(() -> store.save("b", "in the batch"));
            gate.awaitReached();
            Future<Long> inQueue = callers.submit(() -> store.save("c", "in the queue"));
            await().until(() -> store.engine().status().writer().queued() == 1);
            gate.open();

            assertThatThrownBy(inBatch::get).hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(inQueue::get).hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> store.save("d", "later"))
                    .isInstanceOf(StorageReadOnlyException.class);
            assertThatThrownBy(() -> store.engine().checkpoint())
                    .isInstanceOf(StorageReadOnlyException.class);
            assertThat(store.state())
                    .asInstanceOf(type(StoreState.ReadOnly.class))
                    .extracting(StoreState.ReadOnly::reason)
                    .isEqualTo(StoreState.Reason.FORCE_FAILED);
            assertThat(store.engine().status().writer().isPoisoned()).isTrue();
            assertThat(store.text("a")).isEqualTo("acknowledged");
            assertThat(store.text("b")).isNull();
        }
        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces + 1);
        requireAcknowledgedAfterPowerLoss();
    }

    private void requireAcknowledgedAfterPowerLoss() {
        disk.crashStates(new CrashPlan(1, 50))
                .forEach(
                        state -> {
                            try (TextStore store = open(state)) {
                                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                                assertThat(store.text("a")).isEqualTo("acknowledged");
                                assertThat(store.text("b")).isIn(null, "in the batch");
                                assertThat(store.text("c")).isNull();
                                assertThat(store.save("d", "after")).isPositive();
                            }
                        });
    }

    @Test
    void failedForceOfTheHeaderStopsWritesToo() {
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofMillis(1)))) {
            store.save("a", "acknowledged");
            await().until(() -> !isHeaderBehind(store));
            disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_DROPPED).at(2));

            store.save("b", "acknowledged too");

            await().until(() -> store.state() instanceof StoreState.ReadOnly);
            assertThatThrownBy(() -> store.save("c", "later"))
                    .isInstanceOf(StorageReadOnlyException.class);
            assertThat(store.text("b")).isEqualTo("acknowledged too");
        }
        try (TextStore store = open(powerLoss())) {
            assertThat(store.text("b")).isEqualTo("acknowledged too");
        }
    }

    private static boolean isHeaderBehind(TextStore store) {
        var status = store.engine().status();
        return status.header() == null || status.header().walSequence() != status.visibleSequence();
    }

    @Test
    void framesThatOnlyThePageCacheShowsAreWrittenAgain() {
        loseABatchThatThePageCacheShows();

        assertThat(textAfterReopeningAndPowerLoss(disk)).isEqualTo("in the page cache");
    }

    /** Without that, what was found when the store was opened would be gone the next time. */
    @Test
    void framesThatAreNotWrittenAgainAreLost() {
        loseABatchThatThePageCacheShows();

        Disk flawed = new ForwardingDisk(disk, FramesKept::new);

        assertThat(textAfterReopeningAndPowerLoss(flawed)).isNull();
        try (TextStore store = open(powerLoss())) {
            assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
            assertThatThrownBy(() -> store.engine().snapshotAt(2))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    private void loseABatchThatThePageCacheShows() {
        try (TextStore store = open(disk)) {
            store.save("a", "acknowledged");
            disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_DROPPED));
            assertThatThrownBy(() -> store.save("b", "in the page cache"))
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    private @Nullable String textAfterReopeningAndPowerLoss(Disk seenByEngine) {
        try (TextStore store = open(seenByEngine)) {
            assertThat(store.text("b")).isEqualTo("in the page cache");
        }
        SimulatedDisk left = powerLoss();
        try (TextStore store = open(left)) {
            return store.text("b");
        }
    }

    /** Of what was not forced nothing is left. */
    private SimulatedDisk powerLoss() {
        return disk.crashStates(new CrashPlan(1, 1)).findFirst().orElseThrow();
    }

    private static TextStore open(Disk disk) {
        return TextStore.open(disk, SmallStore.options(NEVER_IDLE));
    }

    /** Does not write over frames that are there. */
    private static final class FramesKept extends ForwardingFile {

        FramesKept(DiskFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long position) {
            if (position <= 4096 || source.get(source.position()) == 0 || !name().endsWith("edb")) {
                super.write(source, position);
            }
        }
    }
}

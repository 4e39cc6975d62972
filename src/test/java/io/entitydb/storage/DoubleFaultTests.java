package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A second fault comes while the first one is being cured. */
class DoubleFaultTests {

    private static final int SLOT_BYTES = 4096;
    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder()
                    .reopenings(20)
                    .reopenDelay(Duration.ofMillis(1))
                    .build();

    private final SimulatedDisk disk = new SimulatedDisk(23);

    /** What else fails while the store is opened again after a failed force. */
    @ParameterizedTest
    @EnumSource(names = {"FORCE", "WRITE", "READ", "OPEN", "MAP", "SIZE", "FORCE_DIRECTORY"})
    void callThatFailsWhileAFailedForceIsCuredDelaysTheCure(DiskCall second) {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "before");
            disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_DROPPED));
            assertThatThrownBy(() -> store.save("b", "unknown"))
                    .isInstanceOf(OutcomeUnknownException.class);
            disk.control().inject(Fault.of(second, Effect.IO_ERROR));

            await().until(() -> store.state().equals(new StoreState.Ready()));
            disk.control().clearFaults();
            store.save("c", "after");
            requireAll(store);
        }
        requireAllAfterPowerLoss();
    }

    @Test
    void powerLossAfterAFailedForceAndAnotherOneInTheCureLosesNothing() {
        try (TextStore store = TextStore.open(disk, OPTIONS.toBuilder().reopenings(0).build())) {
            store.save("a", "before");
            store.save("c", "after");
            disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_PARTLY_DROPPED).sticky());
            assertThatThrownBy(() -> store.save("b", "unknown"))
                    .isInstanceOf(StorageException.class);
        }
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
            requireAll(store);
        }
        disk.control().clearFaults();

        requireAllAfterPowerLoss();
    }

    @Test
    void damagedSlotAndTornTailTogetherLoseNothing() {
        SimulatedDisk killed;
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofHours(1)))) {
            store.save("a", "before");
            store.save("c", "after");
            killed = disk.snapshotOfCache();
            store.save("b", "unknown");
        }
        List<String> states = new ArrayList<>();
        for (int slot = 0; slot < 2; slot++) {
            SimulatedDisk twice = killed.snapshotOfCache();
            byte[] bytes = twice.contents(StoreFiles.DATA);
            Arrays.fill(bytes, slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES, (byte) 0x5a);
            Arrays.fill(bytes, bytes.length - 600, bytes.length - 500, (byte) 0x5a);
            twice.replace(StoreFiles.DATA, bytes);

            try (TextStore store = TextStore.open(twice, OPTIONS)) {
                assertThat(store.text("a")).isEqualTo("before");
                assertThat(store.text("c")).isEqualTo("after");
                states.add(store.state().label());
            }
        }
        // The frames name the newer of the two slots: without it, more may be missing.
        assertThat(states).containsExactlyInAnyOrder("ready", "read_only");
    }

    @Test
    void failedCheckpointOnAFullDeviceDoesNotKeepWritesFromResuming() {
        StorageOptions probing = OPTIONS.toBuilder().idlePublish(Duration.ofMillis(1)).build();
        try (TextStore store = TextStore.open(disk, probing)) {
            store.save("a", "before");
            disk.control().capacity(0);
            assertThatThrownBy(() -> store.engine().checkpoint())
                    .isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> saveUntilFull(store)).isInstanceOf(StorageFullException.class);
            disk.control().inject(Fault.of(DiskCall.WRITE, Effect.HALF_THEN_NO_SPACE));
            disk.control().capacity(Long.MAX_VALUE);

            await().until(() -> store.state().equals(new StoreState.Ready()));
            store.save("c", "after");
            store.engine().checkpoint();
            requireAll(store);
        }
        requireAllAfterPowerLoss();
    }

    private static void saveUntilFull(TextStore store) {
        while (true) {
            store.save("filler", " ".repeat(20_000));
        }
    }

    private void requireAllAfterPowerLoss() {
        disk.crashStates(new CrashPlan(23, 30))
                .forEach(
                        state -> {
                            try (TextStore store = TextStore.open(state, OPTIONS)) {
                                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                                requireAll(store);
                            }
                        });
    }

    private static void requireAll(TextStore store) {
        assertThat(store.text("a")).isEqualTo("before");
        assertThat(store.text("b")).isIn(null, "unknown");
        assertThat(store.text("c")).isIn(null, "after");
    }
}

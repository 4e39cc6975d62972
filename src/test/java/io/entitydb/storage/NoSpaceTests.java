package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

/** Without space, writes are refused and nothing else changes; they resume by themselves. */
class NoSpaceTests {

    private static final int CYCLES = 5;
    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofMillis(1));

    private final SimulatedDisk disk = new SimulatedDisk(3);
    private int saved;

    @Test
    void writesResumeByThemselvesEachTimeSpaceIsFreed() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                disk.control().capacity(0);
                fill(store);

                assertThat(store.state())
                        .asInstanceOf(type(StoreState.ReadOnly.class))
                        .extracting(StoreState.ReadOnly::reason)
                        .isEqualTo(StoreState.Reason.NO_SPACE);
                requireAllSaved(store);

                disk.control().capacity(Long.MAX_VALUE);
                await().until(() -> store.state().equals(new StoreState.Ready()));
                save(store);
            }
        }
        requireAllSavedAfterPowerLoss();
        System.out.printf("no-space cycles: %d, %d texts kept%n", CYCLES, saved);
    }

    @Test
    void refusalIsImmediate() {
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofHours(1)))) {
            disk.control().capacity(0);
            fill(store);
            long calls = disk.control().calls();

            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> store.save("late", "refused"))
                        .isInstanceOf(StorageFullException.class);
            }

            assertThat(disk.control().calls()).isEqualTo(calls);
            requireAllSaved(store);
        }
    }

    @Test
    void quotaIsNeverPassed() {
        long quota = 600_000;
        StorageOptions options =
                StorageOptions.defaults().toBuilder()
                        .growthBytes(SmallStore.GROWTH_BYTES)
                        .maxFileBytes(quota)
                        .checkpointBytes(1L << 40)
                        .queueCapacity(16)
                        .batchBytes(1 << 20)
                        .commitTimeout(Duration.ofSeconds(30))
                        .idlePublish(Duration.ofMillis(1))
                        .build();
        try (TextStore store = TextStore.open(disk, options)) {
            long left = store.engine().spaceLeft();
            assertThat(left).isBetween(1L, quota);
            save(store);
            assertThat(store.engine().spaceLeft()).isBetween(1L, left - 20_000);

            fill(store);

            assertThat(store.engine().spaceLeft()).isBetween(0L, 40_000L);
            requireAllSaved(store);
        }

        assertThat(disk.contents("entities.edb").length).isLessThanOrEqualTo((int) quota);
        requireAllSavedAfterPowerLoss();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_SPACE", "HALF_THEN_NO_SPACE"})
    void growthThatFailsHalfwayLeavesNoTrace(Effect effect) {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            disk.control().inject(Fault.of(DiskCall.WRITE, effect));

            assertThatThrownBy(() -> store.save("refused", textOf(0)))
                    .isInstanceOf(StorageFullException.class);
            await().until(() -> store.state().equals(new StoreState.Ready()));

            assertThat(store.text("refused")).isNull();
            save(store);
        }
        requireAllSavedAfterPowerLoss();
    }

    /** Saves until there is no space. */
    private void fill(TextStore store) {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                save(store);
                            }
                        })
                .isInstanceOf(StorageFullException.class);
    }

    private void save(TextStore store) {
        store.save("k" + saved, textOf(saved));
        saved++;
    }

    private static String textOf(int number) {
        return "text " + number + " ".repeat(20_000);
    }

    private void requireAllSaved(TextStore store) {
        for (int i = 0; i < saved; i++) {
            assertThat(store.text("k" + i)).isEqualTo(textOf(i));
        }
        assertThat(store.text("k" + saved)).isNull();
    }

    private void requireAllSavedAfterPowerLoss() {
        disk.crashStates(new CrashPlan(1, 20))
                .forEach(
                        state -> {
                            try (TextStore store = TextStore.open(state, OPTIONS)) {
                                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                                requireAllSaved(store);
                            }
                        });
    }
}

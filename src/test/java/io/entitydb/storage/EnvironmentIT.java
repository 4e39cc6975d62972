package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What real file systems do: they fill, become read-only, and take rights away. */
class EnvironmentIT {

    private static final long CYCLES = ReliabilityGoal.FULL_DEVICES.count();
    private static final long CYCLES_PER_STORE = 50;
    private static final int TMPFS_CYCLES = 3;
    private static final int REFUSALS = 100;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofMillis(3)).toBuilder()
                    .reopenings(1_000)
                    .reopenDelay(Duration.ofMillis(10))
                    .build();

    private final Map<String, String> acknowledged = new HashMap<>();
    private int saves;

    @TempDir private Path parent;

    @Test
    void fullDeviceRefusesWritesAndTheyResumeByThemselves() throws Exception {
        long start = System.nanoTime();
        try (MountedDirectory device = MountedDirectory.ext4(parent, 16)) {
            for (long done = 0; done < CYCLES; done += CYCLES_PER_STORE) {
                fillAndFree(device, Math.min(CYCLES_PER_STORE, CYCLES - done));
            }
        }
        ReliabilityReport.reached(ReliabilityGoal.FULL_DEVICES, 0, CYCLES, start);
    }

    @Test
    void fullMemoryFileSystemRefusesWritesAndTheyResumeByThemselves() throws Exception {
        try (MountedDirectory device = MountedDirectory.tmpfs(parent, 8)) {
            fillAndFree(device, TMPFS_CYCLES);
        }
    }

    private void fillAndFree(MountedDirectory device, long cycles) throws IOException {
        Path data = device.path().resolve("data");
        acknowledged.clear();
        try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
            for (long cycle = 0; cycle < cycles; cycle++) {
                save(store);
                Path ballast = device.fill("ballast");
                saveUntilFull(store);
                requireRefusedAtOnce(store);
                requireAll(store);

                Files.delete(ballast);
                await().atMost(LONG).until(() -> store.state().equals(new StoreState.Ready()));
                save(store);
                requireAll(store);
            }
        }
        try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
            requireAll(store);
            save(store);
        }
        for (String file : new OsDisk(data).list()) {
            Files.delete(data.resolve(file));
        }
        Files.delete(data);
    }

    private void saveUntilFull(TextStore store) {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                save(store);
                            }
                        })
                .isInstanceOf(StorageFullException.class);
        assertThat(store.state())
                .asInstanceOf(type(StoreState.ReadOnly.class))
                .extracting(StoreState.ReadOnly::reason)
                .isEqualTo(StoreState.Reason.NO_SPACE);
    }

    private static void requireRefusedAtOnce(TextStore store) {
        long start = System.nanoTime();
        for (int i = 0; i < REFUSALS; i++) {
            assertThatThrownBy(() -> store.save("late", "refused"))
                    .isInstanceOf(StorageFullException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void fileSystemThatBecomesReadOnlyStopsWritesAndLosesNothing() throws Exception {
        try (MountedDirectory device = MountedDirectory.ext4(parent, 16)) {
            Path data = device.path().resolve("data");
            try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
                save(store);
                save(store);
                device.breakFileSystem();

                assertThatThrownBy(() -> store.save("lost", "nobody promised it"))
                        .isInstanceOf(StorageException.class);
                await().atMost(LONG)
                        .untilAsserted(
                                () ->
                                        assertThatThrownBy(() -> store.save("lost", "nor this"))
                                                .isInstanceOf(StorageReadOnlyException.class));
                requireAll(store);
            }
            device.mountAgain();
            try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                requireAll(store);
                save(store);
            }
        }
    }

    @Test
    void storeOnAReadOnlyMountIsReadAndNotWritten() throws Exception {
        try (MountedDirectory device = MountedDirectory.ext4(parent, 16)) {
            Path data = device.path().resolve("data");
            try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
                save(store);
                save(store);
            }
            device.remount("ro");
            byte[] before = Files.readAllBytes(data.resolve(StoreFiles.DATA));

            assertThatThrownBy(() -> TextStore.open(new OsDisk(data), OPTIONS))
                    .isInstanceOf(StorageException.class)
                    .hasRootCauseMessage(data.resolve(StoreFiles.LOCK) + ": Read-only file system");
            try (TextStore store =
                    TextStore.open(
                            new OsDisk(data), OPTIONS.toBuilder().isReadOnly(true).build())) {
                requireAll(store);
                assertThatThrownBy(() -> save(store)).isInstanceOf(StorageReadOnlyException.class);
            }
            assertThat(data.resolve(StoreFiles.DATA)).hasBinaryContent(before);

            device.remount("rw");
            try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
                requireAll(store);
                save(store);
            }
        }
    }

    /** The attribute binds the administrator too, and files that are open already. */
    @Test
    void permissionThatIsLostWhileOpenStopsWritesUntilItIsBack() throws Exception {
        try (MountedDirectory device = MountedDirectory.ext4(parent, 16)) {
            Path data = device.path().resolve("data");
            String file = data.resolve(StoreFiles.DATA).toString();
            try (TextStore store = TextStore.open(new OsDisk(data), OPTIONS)) {
                save(store);
                MountedDirectory.require(List.of("chattr", "+i", file));
                try {
                    assertThatThrownBy(() -> store.save("lost", "nobody promised it"))
                            .isInstanceOf(StorageException.class);
                    requireAll(store);
                    assertThatThrownBy(() -> TextStore.open(new OsDisk(data), OPTIONS))
                            .isInstanceOf(StorageException.class);
                } finally {
                    MountedDirectory.done(List.of("chattr", "-i", file));
                }
                await().atMost(LONG).until(() -> store.state().equals(new StoreState.Ready()));
                save(store);
                requireAll(store);
            }
        }
    }

    private void save(TextStore store) {
        String id = "k" + saves % 20;
        String text = "text " + saves + " ".repeat(3_000);
        saves++;
        store.save(id, text);
        acknowledged.put(id, text);
    }

    private void requireAll(TextStore store) {
        acknowledged.forEach((id, text) -> assertThat(store.text(id)).isEqualTo(text));
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Copies of a store that is being written to. */
class LiveCopyTests {

    private static final int WRITERS = 4;
    private static final int COPIES = 15;
    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofMillis(2)).toBuilder().checkpointBytes(64 << 10).build();

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Future<?>> writing = new ArrayList<>();

    @TempDir private Path directory;
    private TextStore store;

    @BeforeEach
    void startWriters() {
        store = TextStore.open(new OsDisk(directory.resolve("data")), OPTIONS);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writing.add(callers.submit(() -> saveUntilOver(writer)));
        }
    }

    @AfterEach
    void stopWriters() {
        isOver.set(true);
        callers.shutdownNow();
        store.close();
    }

    private void saveUntilOver(int writer) {
        for (int i = 0; !isOver.get(); i++) {
            String id = writer + "-" + i % 10;
            store.save(id, id + " in version " + (i / 10 + 1) + ".".repeat(i % 2_000));
        }
    }

    /**
     * What an operator should not do. The copy opens with a beginning of what was acknowledged when
     * it was made, or not for writing, or not at all; it never shows anything else.
     */
    @Test
    void copyOfALiveFileHoldsABeginningOrIsRefused() throws Exception {
        int opened = 0;
        for (int i = 0; i < COPIES; i++) {
            Path copy = Files.createDirectory(directory.resolve("copy" + i));
            long before = store.engine().snapshot().sequence();
            for (String file : List.of("entities.idx", StoreFiles.DATA)) {
                copyIfThere(directory.resolve("data").resolve(file), copy.resolve(file));
            }
            try (TextStore copied = TextStore.open(new OsDisk(copy), OPTIONS)) {
                requireTrue(copied);
                boolean isReady = copied.state().equals(new StoreState.Ready());
                if (isReady) {
                    opened++;
                    assertThat(copied.engine().snapshot().sequence())
                            .isGreaterThanOrEqualTo(before);
                    copied.save("copy", "goes on by itself");
                }
            } catch (StorageException refused) {
                assertThat(refused.code()).isIn("corrupt-data", "recovery-failed");
            }
        }
        System.out.printf("copies of a live file: %d, complete: %d%n", COPIES, opened);
        finishWriters();
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to);
        }
    }

    /** Whatever the copy shows was in the store, at that transaction. */
    private void requireTrue(TextStore copied) throws InterruptedException {
        long newest = copied.engine().snapshot().sequence();
        LogFollower original = store.engine().follow(0);
        LogFollower copy = copied.engine().follow(0);
        for (long sequence = 1; sequence <= newest; sequence++) {
            Commit expected = original.nextCommit(Duration.ofSeconds(30));
            assertThat(copy.nextCommit(Duration.ZERO)).isEqualTo(expected);
        }
        assertThat(copy.nextCommit(Duration.ZERO)).isNull();
    }

    private void finishWriters() throws Exception {
        isOver.set(true);
        for (Future<?> each : writing) {
            each.get();
        }
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Somebody else does something to the files of a store that is open. */
class ForeignHandsTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    @TempDir private Path parent;
    private Path data;

    @BeforeEach
    void nameDirectory() {
        data = parent.resolve("data");
    }

    private TextStore open() {
        return TextStore.open(new OsDisk(data), OPTIONS);
    }

    /** The store holds the file, not its name: it goes on, and all of it is in that file. */
    @Test
    void fileThatIsRenamedWhileOpenKeepsEverything() throws IOException {
        Path moved = data.resolve("moved");
        try (TextStore store = open()) {
            store.save("a", "before");
            Files.move(data.resolve(StoreFiles.DATA), moved);
            store.save("b", "after");
            assertThat(store.text("a")).isEqualTo("before");
        }

        assertThatThrownBy(this::open).isInstanceOf(StorageException.class);
        Files.move(moved, data.resolve(StoreFiles.DATA));
        try (TextStore store = open()) {
            assertThat(store.text("a")).isEqualTo("before");
            assertThat(store.text("b")).isEqualTo("after");
        }
    }

    /** An index that belongs to the other file is not used for the one that took its name. */
    @Test
    void fileThatIsReplacedWhileOpenIsNotMixedWithTheOneInItsPlace() throws IOException {
        Path older = parent.resolve("older");
        try (TextStore store = open()) {
            store.save("a", "before");
        }
        Files.copy(data.resolve(StoreFiles.DATA), older);
        try (TextStore store = open()) {
            Files.copy(data.resolve(StoreFiles.DATA), parent.resolve("own"));
            Files.move(older, data.resolve(StoreFiles.DATA), StandardCopyOption.REPLACE_EXISTING);
            for (int i = 0; i < 50; i++) {
                store.save("b" + i, "after");
            }
            assertThat(store.text("b49")).isEqualTo("after");
        }

        try (TextStore store = open()) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(store.engine().snapshot().sequence()).isEqualTo(1);
            assertThat(store.text("a")).isEqualTo("before");
            assertThat(store.text("b49")).isNull();
            assertThat(store.save("c", "goes on")).isEqualTo(2);
        }
    }

    @Test
    void fileThatIsCutWhileOpenFailsReadsAndNotTheProcess() throws IOException {
        Path file = data.resolve(StoreFiles.DATA);
        long size;
        try (TextStore store = open()) {
            for (int i = 0; i < 20; i++) {
                store.save("id " + i, "text " + i + " ".repeat(2_000));
            }
            size = Files.size(file);
            cut(file, 12_288);

            assertThatThrownBy(() -> store.text("id 19")).isInstanceOf(StorageException.class);
            assertThat(store.text("id 0")).startsWith("text 0");
        }
        cut(file, Math.min(size, 12_288));

        try (TextStore store = open()) {
            assertThat(store.state())
                    .asInstanceOf(type(StoreState.ReadOnly.class))
                    .extracting(StoreState.ReadOnly::reason)
                    .isEqualTo(StoreState.Reason.CORRUPTION);
            assertThat(store.text("id 0")).startsWith("text 0");
            assertThatThrownBy(() -> store.save("id 0", "over lost history"))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void bytesThatSomebodyAppendsWhileOpenAreNoPartOfTheStore() throws IOException {
        Path file = data.resolve(StoreFiles.DATA);
        try (TextStore store = open()) {
            store.save("a", "before");
            try (RandomAccessFile foreign = new RandomAccessFile(file.toFile(), "rw")) {
                foreign.seek(foreign.length());
                foreign.write(new byte[10_000]);
                foreign.write("somebody else's".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 20; i++) {
                store.save("id " + i, "text " + i + " ".repeat(2_000));
            }
        }

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = open()) {
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                assertThat(store.text("a")).isEqualTo("before");
                assertThat(store.text("id 19")).startsWith("text 19");
            }
        }
    }

    /** Closing any channel on a locked file drops the system's lock; the engine's is elsewhere. */
    @Test
    void readingAndClosingTheDataFileDoesNotDropTheLock() throws IOException {
        try (TextStore store = open()) {
            store.save("a", "before");
            Files.readAllBytes(data.resolve(StoreFiles.DATA));

            try (KillProcess child = KillProcess.start(data, 1, KillChild.Mode.OPEN)) {
                assertThat(child.line()).contains(StorageLockedException.class.getSimpleName());
            }
            assertThat(store.save("a", "goes on")).isEqualTo(2);
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (RandomAccessFile foreign = new RandomAccessFile(file.toFile(), "rw")) {
            foreign.setLength(size);
        }
    }
}

package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.config.DirectoryHolder;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Commands that only look leave a data directory as it is, down to the time of each file. */
class LookingCommandsTests {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir Path directory;

    /** A store as a service leaves it, with its lock file. */
    private Path closedStore() throws IOException {
        Path store = directory.resolve("data");
        try (StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(store), StorageOptions.defaults(), StorageObserver.NONE)) {
            engine.open();
        }
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, LONG_AGO);
            }
        }
        Files.writeString(store.resolve(StoreFiles.LOCK), "4711\n");
        Files.setLastModifiedTime(store.resolve(StoreFiles.LOCK), LONG_AGO);
        Files.setLastModifiedTime(store, LONG_AGO);
        return store;
    }

    private static Map<String, String> stateOf(Path store) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.toList()) {
                String content =
                        Files.isDirectory(file)
                                ? "directory"
                                : Digest.sha256(Files.readAllBytes(file)).toString();
                state.put(
                        store.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return state;
    }

    @Test
    void nothingInTheDirectoryChanges() throws IOException {
        Path store = closedStore();
        Map<String, String> before = stateOf(store);
        assertThat(before).containsKeys(StoreFiles.DATA, StoreFiles.LOCK);

        Invocation verify = Invocation.of("verify", store.toString());
        Invocation salvage =
                Invocation.of("salvage", store.toString(), directory.resolve("out").toString());

        assertThat(verify.code()).as(verify.err()).isEqualTo(ExitCode.SOUND);
        assertThat(salvage.code()).as(salvage.err()).isEqualTo(ExitCode.SOUND);
        assertThat(stateOf(store)).isEqualTo(before);
    }

    @Test
    void refusalNamesTheOwnerAndSaysWhatToDo() throws IOException {
        Path store = closedStore();
        Path target = directory.resolve("out");
        try (DirectoryHolder service = new DirectoryHolder(store)) {
            for (Invocation refused :
                    new Invocation[] {
                        Invocation.of("verify", store.toString()),
                        Invocation.of("salvage", store.toString(), target.toString())
                    }) {
                assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
                assertThat(refused.err())
                        .contains("storage-locked: data directory " + store)
                        .contains("in use by process " + service.pid())
                        .contains("What to do: stop the service");
                assertThat(refused.out()).isEmpty();
            }
        }
        assertThat(target).as("what would be in the way of the next attempt").doesNotExist();
        assertThat(directory.resolve("out.lost")).doesNotExist();
    }
}

package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The engine over the operating system's files. */
class OsStorageEngineTests extends StorageEngineContract {

    @TempDir private Path directory;

    @Override
    protected Disk newDisk() {
        return new OsDisk(directory.resolve("data"));
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import java.nio.file.Path;

/**
 * A data file, wherever it lies: that of a data directory, or a copy under any name.
 *
 * @param disk the directory
 * @param file name of the data file in it
 */
public record StorePlace(Disk disk, String file) {

    /** The data file of a data directory. */
    public static StorePlace ofDirectory(Path directory) {
        return new StorePlace(new OsDisk(directory), StoreFiles.DATA);
    }

    /** A file in a directory. */
    public static StorePlace ofFile(Path directory, String file) {
        return new StorePlace(new OsDisk(directory), file);
    }

    /** Whether what is derived from the file may lie beside it. */
    public boolean isStore() {
        return file.equals(StoreFiles.DATA);
    }
}

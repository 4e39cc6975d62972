package io.entitydb.storage;

import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import java.nio.file.Path;

/** A store that a command has open instead of a service. */
public final class OfflineStore implements AutoCloseable {

    private final StorageEngine engine;

    private OfflineStore(StorageEngine engine) {
        this.engine = engine;
    }

    /**
     * Opens a store that is there, to read it only: no byte of it changes.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if somebody has it open
     * @throws RecoveryFailedException if there is none, or it is damaged
     */
    public static OfflineStore read(Path directory) {
        return open(new OsDisk(directory), true);
    }

    /** Opens a store that is there, to write to it. Throws as {@link #read} does. */
    public static OfflineStore write(Path directory) {
        return open(new OsDisk(directory), false);
    }

    /** As {@link #write}, after the entity index was deleted: it is built again. */
    public static OfflineStore writeWithoutIndex(Path directory) {
        OsDisk disk = new OsDisk(directory);
        requireStore(disk);
        try (DiskLock _ = disk.lock(StoreFiles.LOCK)) {
            disk.delete(ImageWriter.FILE);
            disk.delete(ImageWriter.TEMPORARY_FILE);
        }
        return open(disk, false);
    }

    private static OfflineStore open(OsDisk disk, boolean isReadOnly) {
        requireStore(disk);
        StorageOptions options =
                StorageOptions.defaults().toBuilder().isReadOnly(isReadOnly).build();
        StorageEngine engine = StorageEngine.over(disk, options, StorageObserver.NONE);
        engine.open();
        if (engine.state() instanceof StoreState.ReadOnly readOnly
                && (!isReadOnly || readOnly.reason() != StoreState.Reason.MAINTENANCE)) {
            engine.close();
            throw new RecoveryFailedException(
                    readOnly.reason().label()
                            + ": "
                            + readOnly.detail()
                            + "; see what 'verify' and 'repair' say");
        }
        return new OfflineStore(engine);
    }

    private static void requireStore(OsDisk disk) {
        if (!disk.list().contains(StoreFiles.DATA)) {
            throw new RecoveryFailedException("no " + StoreFiles.DATA + " in " + disk.name());
        }
    }

    /** The engine, which is open. */
    public StorageEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}

package io.entitydb.backup;

import io.entitydb.entity.StoreBackups;
import io.entitydb.storage.OfflineStore;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.Progress;

import java.nio.file.Path;

/** A backup of a store that no service has open. Changes nothing in the store. */
public final class OfflineBackup {

    private OfflineBackup() {}

    /**
     * Makes it.
     *
     * @param data the data directory
     * @param target the directory for backups
     * @param keep full backups that are kept, each with its increments
     * @param isFull whether it holds all of history
     * @throws io.entitydb.storage.error.StorageException if the store cannot be opened, or the
     *     backup cannot be made
     */
    public static StoreBackups.Made run(
            Path data, Path target, int keep, boolean isFull, Progress progress) {
        BackupOptions how =
                new BackupOptions(Long.MAX_VALUE, BackupOptions.OFFLINE.increments(), keep);
        try (OfflineStore store = OfflineStore.read(data);
                Backups backups =
                        new Backups(store.engine(), new OsDisk(data), new OsDisk(target), how)) {
            return backups.make(isFull, progress::at);
        }
    }
}

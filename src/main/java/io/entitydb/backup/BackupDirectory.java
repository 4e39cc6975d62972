package io.entitydb.backup;

import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.repair.StorePlace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The directory in which the backups of one store lie, with the newest copy of its ledger of
 * erasures. Holds no state of its own: what counts is what the files say.
 */
public final class BackupDirectory {

    private static final String LOCK = "backups.lock";

    private final Disk disk;

    /** A directory, which need not exist. */
    public BackupDirectory(Disk disk) {
        this.disk = disk;
    }

    Disk disk() {
        return disk;
    }

    /** Whether a directory holds backups. */
    public boolean hasBackups() {
        return disk.list().stream().anyMatch(file -> BackupName.parse(file) != null);
    }

    /** What it holds, without what somebody else deletes while it is read. */
    Listing list() {
        List<BackupFile> files = new ArrayList<>();
        List<Listing.Damaged> damaged = new ArrayList<>();
        disk.list().stream()
                .map(BackupName::parse)
                .filter(Objects::nonNull)
                .sorted()
                .forEach(name -> read(name, files, damaged));
        return Listing.of(files, damaged);
    }

    private void read(BackupName name, List<BackupFile> files, List<Listing.Damaged> damaged) {
        try (DiskFile file = open(name)) {
            files.add(BackupFile.read(file, name));
        } catch (CorruptDataException | UnsupportedFormatException e) {
            damaged.add(new Listing.Damaged(name, BackupFile.reasonOf(e)));
        } catch (BackupException e) {
            // It is not there any more.
        }
    }

    /**
     * Opens the file of a backup.
     *
     * @throws BackupException if it was deleted since it was listed
     */
    DiskFile open(BackupName name) {
        try {
            return disk.open(name.file(), Disk.Access.READ);
        } catch (StorageIoException e) {
            throw disk.list().contains(name.file()) ? e : BackupException.notFound();
        }
    }

    /**
     * Makes sure that it is not the directory of a store: the two have a ledger each.
     *
     * @throws BackupException if it is
     */
    void requireNoStore() {
        if (disk.list().contains("entities.edb")) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_FOREIGN,
                    "the directory for backups is a data directory; give backups one of their own");
        }
    }

    /**
     * Makes sure that all backups are of one store.
     *
     * @throws BackupException if one is of another
     */
    void requireOf(UUID storeId, Listing listing) {
        listing.files().stream()
                .map(file -> file.to().identity().storeId())
                .filter(other -> !other.equals(storeId))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw new BackupException(
                                    BackupException.Kind.BACKUP_FOREIGN,
                                    "the directory holds backups of store %s, this is store %s; give each store a directory of its own"
                                            .formatted(other, storeId));
                        });
    }

    /**
     * Keeps everybody else from making backups here.
     *
     * @throws BackupException if somebody else does, or the directory cannot be written
     */
    DiskLock lock() {
        try {
            disk.createDirectory();
            return disk.lock(LOCK);
        } catch (StorageLockedException e) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_RUNNING,
                    "a backup into the same directory is under way",
                    e);
        } catch (StorageException e) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_TARGET_UNWRITABLE,
                    "the directory for backups cannot be written",
                    e);
        }
    }

    /** Removes what backups left that did not come to their end. The caller holds the lock. */
    void deleteParts() {
        disk.list().stream()
                .filter(file -> file.endsWith(BackupName.PART))
                .filter(
                        file ->
                                BackupName.parse(
                                                file.substring(
                                                        0,
                                                        file.length() - BackupName.PART.length()))
                                        != null)
                .forEach(disk::delete);
    }

    /**
     * Removes what backups left that did not come to their end, unless one is under way or the
     * directory cannot be reached.
     */
    public void clean() {
        if (disk.list().stream().noneMatch(file -> file.endsWith(BackupName.PART))) {
            return;
        }
        try (DiskLock _ = lock()) {
            deleteParts();
        } catch (StorageException e) {
            // The next backup does it, or says what is wrong.
        }
    }

    /** Removes a chain, its last part first, so that what is left is a chain at every moment. */
    void delete(Chain chain) {
        chain.parts().reversed().forEach(part -> disk.delete(part.name().file()));
        disk.forceDirectory();
    }

    /** The log of a chain, as one file. */
    static StorePlace placeOf(Disk disk, Chain chain) {
        return new StorePlace(new ChainDisk(disk, chain), ChainDisk.FILE);
    }
}

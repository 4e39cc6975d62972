package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.entity.StoreBackups;
import io.entitydb.entity.WorkProgress;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.Disk;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The backups of a store in a directory of their own. Thread-safe. */
public final class Backups implements StoreBackups, AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final StorageEngine engine;
    private final Disk data;
    private final @Nullable BackupDirectory directory;
    private final BackupOptions options;
    private final BackupRecord record = new BackupRecord();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Throttle running;
    private volatile boolean isClosed;

    /**
     * Backups of an open store.
     *
     * @param data its data directory
     * @param target where backups are kept; null if they are off
     */
    public Backups(StorageEngine engine, Disk data, @Nullable Disk target, BackupOptions options) {
        this.engine = engine;
        this.data = data;
        this.options = options;
        directory = target == null ? null : new BackupDirectory(target);
    }

    /** What is counted of them. */
    BackupRecord record() {
        return record;
    }

    boolean isOn() {
        return directory != null;
    }

    boolean isRunning() {
        return running != null;
    }

    @Override
    public Made make(boolean isFull, WorkProgress progress) {
        BackupDirectory target = require();
        if (!making.tryLock()) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_RUNNING,
                    "a backup is being made; wait for its operation to end");
        }
        Throttle throttle = new Throttle(options.bytesPerSecond(), progress::at);
        try {
            running = throttle;
            if (isClosed) {
                throttle.cancel();
            }
            Made made = new BackupRun(engine, target, data, options, throttle).run(isFull);
            record.succeeded(made, data.now());
            return made;
        } catch (StorageException e) {
            record.failed(isFull ? Backup.Type.FULL : Backup.Type.INCREMENTAL, e.code());
            throw e;
        } finally {
            running = null;
            making.unlock();
        }
    }

    @Override
    public void requireOn() {
        require();
    }

    @Override
    public List<Backup> list() {
        Listing listing = require().list();
        return listing.files().reversed().stream().map(listing::toBackup).toList();
    }

    @Override
    public Backup find(String id) {
        Listing listing = require().list();
        return listing.toBackup(find(listing, id));
    }

    @Override
    public File file(String id) {
        BackupDirectory target = require();
        BackupFile file = find(target.list(), id);
        return new File(
                file.name().file(),
                file.bytes(),
                () -> new BackupStream(target.open(file.name()), file.bytes()));
    }

    private static BackupFile find(Listing listing, String id) {
        return listing.files().stream()
                .filter(file -> file.name().id().equals(id))
                .findFirst()
                .orElseThrow(BackupException::notFound);
    }

    /**
     * Removes what a backup left that was cut short, and takes note of the newest one there is.
     *
     * @throws StorageException if the directory cannot be read
     */
    public void begin() {
        BackupDirectory target = require();
        target.clean();
        BackupFile newest = target.list().newest();
        if (newest != null) {
            record.found(newest);
        }
    }

    /** Takes orders again, after {@link #close}. */
    public void open() {
        isClosed = false;
    }

    /**
     * Ends the backup that is being made, without a result, and takes no more. A device that hangs
     * does not keep the service from stopping.
     */
    @Override
    public void close() {
        isClosed = true;
        Throttle throttle = running;
        if (throttle != null) {
            throttle.cancel();
        }
        try {
            if (making.tryLock(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                making.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BackupDirectory require() {
        if (directory == null) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_OFF,
                    "no directory for backups is set; set entitydb.backup.directory");
        }
        return directory;
    }
}

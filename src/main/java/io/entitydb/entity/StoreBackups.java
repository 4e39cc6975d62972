package io.entitydb.entity;

import java.util.List;

/**
 * The backups of the store. Thread-safe.
 *
 * <p><b>Errors:</b> {@code io.entitydb.storage.error.BackupException}, also where backups are not
 * set up; and other exceptions of the engine.
 */
public interface StoreBackups {

    /**
     * Makes a backup while the store goes on, and verifies it. One at a time.
     *
     * @param isFull whether it holds all of history; otherwise it continues the newest one, where
     *     that is possible
     * @param progress is told now and then how far it is
     */
    Made make(boolean isFull, WorkProgress progress);

    /**
     * What came of making a backup.
     *
     * @param backup the newest backup
     * @param isNew false if nothing was written since it was made, so that none was needed
     * @param deleted ids of older backups that were deleted because enough are kept
     */
    record Made(Backup backup, boolean isNew, List<String> deleted) {

        /** Copies the list. */
        public Made {
            deleted = List.copyOf(deleted);
        }
    }

    /** Requires that backups are set up. */
    void requireOn();

    /** All backups that can be restored from, the newest first. */
    List<Backup> list();

    /** One of them. */
    Backup find(String id);

    /** The file of one of them. */
    File file(String id);

    /**
     * A file to be read.
     *
     * @param name how it is called
     * @param length its bytes
     * @param content gives them
     */
    record File(String name, long length, ContentSource content) {}
}

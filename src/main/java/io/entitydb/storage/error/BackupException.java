package io.entitydb.storage.error;

import java.util.Locale;

/**
 * A backup or a restore that was not made. Nothing of the store or of other backups was changed.
 * The message names no path.
 */
public final class BackupException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What stood in the way. */
    public enum Kind {
        /** No directory for backups is set. */
        BACKUP_OFF,
        /** Another one is under way. */
        BACKUP_RUNNING,
        /** There is no backup of that name. */
        BACKUP_NOT_FOUND,
        /** The directory holds backups of another store. */
        BACKUP_FOREIGN,
        /** The directory cannot be reached or written. */
        BACKUP_TARGET_UNWRITABLE,
        /** The directory has no space for more. */
        BACKUP_TARGET_FULL,
        /** A backup does not verify, or a part of it is missing. */
        BACKUP_DAMAGED,
        /** The backup does not hold what is asked for, or the target may not be written. */
        RESTORE_REFUSED;

        /** A stable name in kebab-case. */
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What stood in the way, and what to do. */
    public BackupException(Kind kind, String message) {
        super(kind.code(), message);
        this.kind = kind;
    }

    /** What stood in the way, what to do, and the cause. */
    public BackupException(Kind kind, String message, Throwable cause) {
        super(kind.code(), message, cause);
        this.kind = kind;
    }

    /** There is none of that name. */
    public static BackupException notFound() {
        return new BackupException(
                Kind.BACKUP_NOT_FOUND, "there is no backup of that id that can be restored");
    }

    /** What stood in the way. */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean isRetryable() {
        return kind == Kind.BACKUP_RUNNING;
    }
}

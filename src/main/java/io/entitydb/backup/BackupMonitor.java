package io.entitydb.backup;

import org.jspecify.annotations.Nullable;

/** What operators are told of backups. Thread-safe and cheap. */
public interface BackupMonitor {

    /** The figures at this moment. */
    Status status();

    /**
     * Figures.
     *
     * @param isOn whether a directory for backups is set
     * @param isRunning whether a backup is being made
     * @param fullMade full backups that were made since the start
     * @param fullFailed full ones that failed
     * @param incrementalMade increments that were made since the start
     * @param incrementalFailed increments that failed
     * @param lastSuccessNanos when the last backup was made, or was not needed because nothing was
     *     written, in nanoseconds since 1970; 0 if there is none
     * @param lastVerifiedNanos when a backup was last read back as a whole and found sound; 0 if
     *     none was
     * @param lastSequence last transaction that the newest backup holds
     * @param failure why the last backup failed, as the code of a problem; null if it did not
     * @param staleReason why the newest backup is too old; null if it is not
     */
    record Status(
            boolean isOn,
            boolean isRunning,
            long fullMade,
            long fullFailed,
            long incrementalMade,
            long incrementalFailed,
            long lastSuccessNanos,
            long lastVerifiedNanos,
            long lastSequence,
            @Nullable String failure,
            @Nullable String staleReason) {}
}

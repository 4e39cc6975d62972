package io.entitydb.backup;

/**
 * How backups are made.
 *
 * @param bytesPerSecond most bytes that are read or written in a second
 * @param increments most increments of a chain; the next backup is a full one
 * @param keep chains that are kept when a full backup was made
 */
public record BackupOptions(long bytesPerSecond, int increments, int keep) {

    /** As fast as it goes; nothing is deleted. */
    public static final BackupOptions OFFLINE =
            new BackupOptions(Long.MAX_VALUE, 30, Integer.MAX_VALUE);

    /** Refuses values that make no sense. */
    public BackupOptions {
        if (bytesPerSecond <= 0 || increments < 0 || keep <= 0) {
            throw new IllegalArgumentException(
                    "%d bytes per second, %d increments, %d chains"
                            .formatted(bytesPerSecond, increments, keep));
        }
    }
}

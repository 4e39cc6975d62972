package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A backup that was verified.
 *
 * @param id names it; ids sort as the backups were made
 * @param type what it holds
 * @param base the full backup that it continues, by way of those between; its own id if it is full
 * @param bytes size of its file
 * @param madeAt when it was begun
 * @param after the transaction after which it begins; null in a full one
 * @param to the last transaction that it holds
 * @param epoch of the history that it holds
 */
public record Backup(
        String id,
        Type type,
        String base,
        long bytes,
        Timestamp madeAt,
        @Nullable LogPoint after,
        LogPoint to,
        long epoch) {

    /** What a backup holds. */
    public enum Type {
        /** All of history. */
        FULL,
        /** What came after another backup. */
        INCREMENTAL;

        /** As answers and file names show it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

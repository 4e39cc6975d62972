package io.entitydb.backup;

import io.entitydb.entity.Backup;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the file of a backup is called: {@code 20261130T114715.123Z.full.edb}. What stands before the
 * type is the id; ids sort as the backups were made.
 *
 * @param id when it was begun, in UTC and to the millisecond
 * @param type what it holds
 */
record BackupName(String id, Backup.Type type) implements Comparable<BackupName> {

    /** How the name of a backup ends that is being made. */
    static final String PART = ".part";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final Pattern SHAPE =
            Pattern.compile("(\\d{8}T\\d{6}\\.\\d{3}Z)\\.(full|incremental)\\.edb");

    /** A name for a backup that is begun now, after all that there are. */
    static BackupName next(Instant now, Backup.Type type, @Nullable BackupName newest) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        if (newest != null && !at.isAfter(newest.begunAt())) {
            at = newest.begunAt().plusMillis(1);
        }
        return new BackupName(TIME.format(at), type);
    }

    /** The name that a file has; null if it is no backup. */
    static @Nullable BackupName parse(String file) {
        Matcher shape = SHAPE.matcher(file);
        return shape.matches()
                ? new BackupName(
                        shape.group(1),
                        Backup.Type.valueOf(shape.group(2).toUpperCase(Locale.ROOT)))
                : null;
    }

    /** When the backup was begun. */
    Instant begunAt() {
        return Instant.from(TIME.parse(id));
    }

    /** The name of the file. */
    String file() {
        return id + "." + type.label() + ".edb";
    }

    /** The name of the file while it is being made. */
    String part() {
        return file() + PART;
    }

    @Override
    public int compareTo(BackupName other) {
        return id.compareTo(other.id);
    }
}

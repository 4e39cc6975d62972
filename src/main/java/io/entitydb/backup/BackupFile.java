package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.entity.LogPoint;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlot;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

/**
 * A file that holds a backup. A full one is a data file as any other, without unused space. One
 * that is incremental has the header of where it begins in slot A, that of where it ends in slot B,
 * and behind them the frames between.
 *
 * @param name its name
 * @param from where it begins; null in a full one
 * @param to where it ends
 */
record BackupFile(BackupName name, @Nullable Header from, Header to) {

    /**
     * Reads what a file says of itself.
     *
     * @throws CorruptDataException if it is not what its name says, or not as long as it says
     */
    static BackupFile read(DiskFile file, BackupName name) {
        HeaderSlots slots = HeaderSlots.read(file);
        BackupFile read =
                name.type() == Backup.Type.FULL
                        ? new BackupFile(name, null, slots.newest())
                        : increment(name, slots);
        if (file.size() != read.bytes()) {
            throw new CorruptDataException(
                    name.file(),
                    file.size(),
                    "the file has %d bytes, it should have %d"
                            .formatted(file.size(), read.bytes()));
        }
        return read;
    }

    private static BackupFile increment(BackupName name, HeaderSlots slots) {
        slots.newest();
        if (slots.a() instanceof HeaderSlot.Valid(Header from)
                && slots.b() instanceof HeaderSlot.Valid(Header to)
                && from.generation() + 1 == to.generation()
                && from.dataEnd() < to.dataEnd()) {
            return new BackupFile(name, from, to);
        }
        throw new CorruptDataException(name.file(), 0, "no header of an incremental backup");
    }

    /**
     * Writes the header page of a backup whose frames are durable, and makes it durable.
     *
     * @param from where an incremental one begins; null for a full one
     */
    static void writeHeaders(DiskFile file, @Nullable Header from, Header to) {
        if (from == null) {
            HeaderSlots.write(file, to);
            HeaderSlots.write(file, to.withGeneration(to.generation() - 1));
        } else {
            // No frame may name a generation that no slot knows of.
            long odd = to.generation() | 1;
            HeaderSlots.write(file, from.withGeneration(odd - 1));
            HeaderSlots.write(file, to.withGeneration(odd));
        }
        file.force();
    }

    /** Whether this is the next part of the log after another backup. */
    boolean continues(BackupFile before) {
        return from != null
                && isSameHistory(before.to)
                && from.dataEnd() == before.to.dataEnd()
                && from.walSequence() == before.to.walSequence()
                && from.lastDigest().equals(before.to.lastDigest());
    }

    /** Whether a header is of the same file, in the same epoch. */
    boolean isSameHistory(Header other) {
        return to.identity().equals(other.identity()) && to.epoch() == other.epoch();
    }

    /** Position in the log of the first frame that it holds. */
    long start() {
        return from == null ? Header.DATA_OFFSET : from.dataEnd();
    }

    /** Size of the file. */
    long bytes() {
        return Header.DATA_OFFSET + to.dataEnd() - start();
    }

    /** What others are told of it. */
    Backup toBackup(BackupFile base) {
        return new Backup(
                name.id(),
                name.type(),
                base.name().id(),
                bytes(),
                Timestamp.of(name.begunAt()),
                from == null ? null : pointOf(from),
                pointOf(to),
                to.epoch());
    }

    private static LogPoint pointOf(Header header) {
        return new LogPoint(
                header.walSequence(), new Timestamp(header.lastModified()), header.lastDigest());
    }

    /** Why a file cannot be relied on, in words for an operator. */
    static String reasonOf(StorageException damage) {
        return damage instanceof CorruptDataException corrupt
                ? corrupt.reason()
                : String.valueOf(damage.getMessage());
    }
}

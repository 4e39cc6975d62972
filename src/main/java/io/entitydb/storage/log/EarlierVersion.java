package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Searches the log backward from a damaged version for the one before. Serves one thread.
 *
 * <p><b>How.</b> In windows from the damage towards the beginning, each read forward by {@link
 * LogScan}. A window begins anywhere, so it begins with the rest of a frame; the next one ends
 * where the first frame of this one begins. It stops at the first window that holds a version of
 * the entity, and at the latest after {@link #MAX_BYTES}.
 */
@RequiredArgsConstructor
final class EarlierVersion {

    /** Most of the log that is read for one damaged version: about a second of work. */
    static final long MAX_BYTES = 1L << 30;

    private static final long SMALLEST_WINDOW = 4 << 20;

    /** Holds the beginning of a frame wherever it begins, unless that is damaged. */
    private static final long LARGEST_WINDOW = 2L * FrameLayout.MAX_BYTES;

    private final Reader reader;
    private final EntityKey key;

    /** Number of the damaged version; 0 if it is not known. */
    private final long number;

    /** Most of the log that is read. */
    private final long maxBytes;

    /**
     * A search over at most {@link #MAX_BYTES}.
     *
     * @param number of the damaged version; 0 if it is not known
     */
    EarlierVersion(Reader reader, EntityKey key, long number) {
        this(reader, key, number, MAX_BYTES);
    }

    /**
     * What a window holds.
     *
     * @param border where its first frame begins; its end if it has none
     * @param newest the last version of the entity in it; null if there is none
     * @param isInterrupted whether something behind that, or in all of it, could not be read
     */
    private record Window(long border, @Nullable VersionRecord newest, boolean isInterrupted) {}

    /**
     * The version before.
     *
     * @param position the damaged record
     * @param end where the frame begins that holds it, or the record itself
     */
    Predecessor before(long position, long end) {
        boolean isInterrupted = end == position;
        long least = Math.max(Header.DATA_OFFSET, position - maxBytes);
        long size = SMALLEST_WINDOW;
        long to = end;
        while (to > least) {
            long from = Math.max(least, to - size);
            Window window = scan(from, to);
            if (window.border() == to && from > least && size < LARGEST_WINDOW) {
                size *= 2;
                continue;
            }
            isInterrupted |= window.isInterrupted();
            if (window.newest() != null) {
                return found(window.newest(), isInterrupted);
            }
            to = window.border() == to ? from : window.border();
            size = SMALLEST_WINDOW;
        }
        if (least > Header.DATA_OFFSET) {
            return new Predecessor.Unknown(
                    "earlier versions lie more than " + maxBytes + " bytes before");
        }
        return isInterrupted
                ? new Predecessor.Unknown("earlier versions may be damaged as well")
                : new Predecessor.None();
    }

    private Predecessor found(VersionRecord version, boolean isInterrupted) {
        boolean isImmediate = number > 0 ? version.number() == number - 1 : !isInterrupted;
        return new Predecessor.Found(version.position(), isImmediate);
    }

    private Window scan(long from, long to) {
        long border = to;
        VersionRecord newest = null;
        boolean isInterrupted = false;
        LogScan scan = new LogScan(reader.file(), reader.checksum(), from, to);
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            boolean isFirst = border == to;
            if (isFirst && isRest(part, from, to)) {
                continue;
            }
            if (isFirst && !(part instanceof LogPart.Gap)) {
                border = part.position();
            }
            VersionRecord version = versionIn(part);
            if (version != null) {
                newest = version;
            }
            // A transaction holds at most one version of an entity.
            boolean isTold = version != null && !(part instanceof LogPart.Gap);
            isInterrupted = isTold ? false : (isInterrupted && version == null) || isLossy(part);
        }
        return new Window(border, newest, isInterrupted);
    }

    /** Whether the first part is the rest of a frame that the next window sees whole. */
    private static boolean isRest(LogPart part, long from, long to) {
        return part instanceof LogPart.Gap && from > Header.DATA_OFFSET && part.end() < to;
    }

    private boolean isLossy(LogPart part) {
        return switch (part) {
            case LogPart.Sound sound -> !isUnderstood(sound.records());
            case LogPart.Wounded wounded ->
                    !wounded.isChained()
                            || wounded.records().size() < wounded.header().recordCount()
                            || !isUnderstood(wounded.records());
            case LogPart.Gap gap -> true;
            case LogPart.Blank blank -> true;
        };
    }

    /** Whether it can be told of all versions among the records whose they are. */
    private boolean isUnderstood(List<RawRecord> records) {
        try {
            for (RawRecord record : records) {
                if (RecordKind.changeOf(record.kind()) != null) {
                    new VersionRecord(record).isOf(key, reader.dictionary());
                }
            }
            return true;
        } catch (CorruptDataException e) {
            return false;
        }
    }

    private @Nullable VersionRecord versionIn(LogPart part) {
        VersionRecord found = null;
        for (RawRecord record : part.records()) {
            VersionRecord version = versionOf(record);
            if (version != null && (number == 0 || version.number() < number)) {
                found = version;
            }
        }
        return found;
    }

    private @Nullable VersionRecord versionOf(RawRecord record) {
        if (RecordKind.changeOf(record.kind()) == null) {
            return null;
        }
        try {
            VersionRecord version = reader.shown(new VersionRecord(record));
            return version.isOf(key, reader.dictionary()) ? version : null;
        } catch (CorruptDataException e) {
            return null;
        }
    }
}

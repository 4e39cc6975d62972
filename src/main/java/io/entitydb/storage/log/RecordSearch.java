package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for records in bytes whose structure is lost, at every multiple of {@link
 * FrameLayout#ALIGNMENT}. A record that is found was written there: its checksum covers its
 * position and the file's secret. Serves one thread.
 *
 * <p><b>Bounds.</b> Bytes that look like the beginning of a record make the search compute a
 * checksum. A stretch that was made to look so at every place would take quadratic time; so the
 * bytes that are summed up in vain are limited to a multiple of the stretch.
 */
final class RecordSearch {

    private static final int WINDOW_BYTES = 4 << 20;
    private static final int VAIN_FACTOR = 16;

    private final DiskFile file;
    private final Checksum checksum;

    RecordSearch(DiskFile file, Checksum checksum) {
        this.file = file;
        this.checksum = checksum;
    }

    /** The records between two positions, none overlapping another. */
    List<RawRecord> between(long from, long to) {
        List<RawRecord> found = new ArrayList<>();
        long budget = VAIN_FACTOR * Math.max(to - from, RecordLayout.MAX_BYTES);
        byte[] window = new byte[Math.clamp(to - from, 0, WINDOW_BYTES + RecordLayout.MAX_BYTES)];
        ByteBuffer fields = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
        long at = from;
        while (at + RecordLayout.PREFIX_BYTES <= to && budget > 0) {
            int length = (int) Math.min(window.length, to - at);
            int usable = length == to - at ? length : WINDOW_BYTES;
            if (!read(at, window, length)) {
                at += WINDOW_BYTES;
                continue;
            }
            int i = 0;
            while (i + RecordLayout.PREFIX_BYTES <= length && i < usable && budget > 0) {
                int candidate = plausibleLength(fields, i, length - i);
                RawRecord record = candidate == 0 ? null : recordAt(at + i, window, i, candidate);
                if (record != null) {
                    found.add(record);
                    i += candidate;
                } else {
                    budget -= candidate;
                    i += FrameLayout.ALIGNMENT;
                }
            }
            at += Math.max(i, FrameLayout.ALIGNMENT);
        }
        return found;
    }

    private boolean read(long at, byte[] window, int length) {
        try {
            file.read(at, window, 0, length);
            return true;
        } catch (StorageIoException e) {
            return false;
        }
    }

    /** The length of what may be a record; 0 if it cannot be one. */
    private static int plausibleLength(ByteBuffer fields, int at, int room) {
        int length = fields.getInt(at + RecordLayout.LENGTH);
        boolean isPossible =
                length >= RecordLayout.PREFIX_BYTES
                        && length <= Math.min(room, RecordLayout.MAX_BYTES)
                        && length % FrameLayout.ALIGNMENT == 0
                        && RecordKind.isKnown(fields.get(at + RecordLayout.KIND));
        return isPossible ? length : 0;
    }

    private @Nullable RawRecord recordAt(long position, byte[] window, int at, int length) {
        int crc = checksum.ofRecord(position, window, at, length);
        byte[] bytes = new byte[length];
        System.arraycopy(window, at, bytes, 0, length);
        RawRecord record = new RawRecord(file.name(), position, bytes);
        return record.crc() == crc ? record : null;
    }
}

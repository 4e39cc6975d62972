package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a log forward and past whatever is damaged, losing as little as possible: where a frame's
 * header holds it goes on behind the frame; where it does not, at the next header that does.
 * Changes nothing and decides nothing. Serves one thread.
 */
public final class LogScan {

    private final DiskFile file;
    private final Checksum checksum;
    private final FrameReader frames;
    private final long limit;
    private long position;

    /**
     * A scan from a frame border on.
     *
     * @param checksum the file's checksums
     * @param from where to begin
     * @param limit where to end; the file is mapped up to there
     */
    public LogScan(DiskFile file, Checksum checksum, long from, long limit) {
        this.file = file;
        this.checksum = checksum.copy();
        this.limit = limit;
        frames = new FrameReader(file, checksum.copy());
        position = from;
    }

    /** Where the next part begins. */
    public long position() {
        return position;
    }

    /** The next part; null at the end. */
    public @Nullable LogPart next() {
        if (position >= limit) {
            return null;
        }
        LogPart part =
                switch (frames.read(position, limit)) {
                    case FrameRead.Intact(Frame frame) -> new LogPart.Sound(frame);
                    case FrameRead.Broken broken -> broken(broken);
                };
        position = part.end();
        return part;
    }

    private LogPart broken(FrameRead.Broken broken) {
        FrameHeader header = frames.peek(position, limit);
        return header == null ? gap(broken) : wounded(header, broken.reason());
    }

    private LogPart gap(FrameRead.Broken broken) {
        long from = position + FrameLayout.ALIGNMENT;
        FrameSearch.Found found = new FrameSearch(file, frames, from, limit).next(from);
        FrameHeader header = found.header();
        long end = header == null ? limit : header.position();
        boolean isUnreadable = broken.isUnreadable() || found.isUnreadable();
        if (header == null && found.isBlank() && !isUnreadable && isBlank(position)) {
            return new LogPart.Blank(position, end);
        }
        return new LogPart.Gap(
                position,
                end,
                new RecordSearch(file, checksum).between(position, end),
                broken.reason(),
                isUnreadable);
    }

    private boolean isBlank(long at) {
        byte[] word = new byte[(int) Math.min(FrameLayout.ALIGNMENT, limit - at)];
        file.read(at, word, 0, word.length);
        for (byte value : word) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private LogPart wounded(FrameHeader header, String reason) {
        byte[] bytes = new byte[header.length()];
        try {
            file.read(header.position(), bytes, 0, bytes.length);
        } catch (StorageIoException e) {
            return new LogPart.Wounded(
                    header,
                    0,
                    false,
                    new RecordSearch(file, checksum).between(header.position(), header.end()),
                    reason);
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = header.length() - FrameLayout.TRAILER_BYTES;
        int crc = fields.getInt(trailer + FrameLayout.TRAILER_CRC);
        List<Integer> starts = FrameReader.recordStarts(fields, trailer);
        boolean isChained =
                starts.size() == header.recordCount()
                        && crc == checksum.ofFrame(fields, 0, header.length());
        long from = header.position() + FrameLayout.HEADER_BYTES;
        List<RawRecord> records =
                isChained
                        ? sound(header, bytes, starts)
                        : new RecordSearch(file, checksum)
                                .between(from, header.position() + trailer);
        return new LogPart.Wounded(header, crc, isChained, records, reason);
    }

    private List<RawRecord> sound(FrameHeader header, byte[] bytes, List<Integer> starts) {
        List<RawRecord> records = new ArrayList<>();
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : starts) {
            int length = fields.getInt(at + RecordLayout.LENGTH);
            long place = header.position() + at;
            if (checksum.ofRecord(place, bytes, at, length)
                    == fields.getInt(at + RecordLayout.CRC)) {
                byte[] record = new byte[length];
                System.arraycopy(bytes, at, record, 0, length);
                records.add(new RawRecord(file.name(), place, record));
            }
        }
        return records;
    }
}

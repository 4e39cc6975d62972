package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads whole frames and verifies every checksum in them. Serves one thread.
 *
 * <p>The frame's checksum covers its header, the lengths and digests of its records, and its
 * trailer; each record has a checksum of its own, so that a record can be erased in place without
 * touching the frame.
 */
public final class FrameReader {

    private final DiskFile file;
    private final Checksum checksum;
    private final EraseTable erasing;
    private final byte[] head = new byte[FrameLayout.HEADER_BYTES];

    /** A reader of one file. */
    public FrameReader(DiskFile file, FileIdentity identity) {
        this(file, new Checksum(identity));
    }

    /** A reader of a file in which records are being overwritten. */
    public FrameReader(DiskFile file, FileIdentity identity, EraseTable erasing) {
        this(file, new Checksum(identity), erasing);
    }

    /** A reader of one file whose checksums are known. They are this reader's own from here on. */
    public FrameReader(DiskFile file, Checksum checksum) {
        this(file, checksum, new EraseTable());
    }

    private FrameReader(DiskFile file, Checksum checksum, EraseTable erasing) {
        this.file = file;
        this.checksum = checksum;
        this.erasing = erasing;
    }

    /**
     * The frame at a position.
     *
     * @param limit position at which readable bytes end
     */
    public FrameRead read(long position, long limit) {
        try {
            FrameHeader header = header(position, limit);
            byte[] bytes = new byte[header.length()];
            file.read(position, bytes, 0, bytes.length);
            return new FrameRead.Intact(verified(header, bytes));
        } catch (FrameHeader.Malformed e) {
            return new FrameRead.Broken(position, String.valueOf(e.getMessage()), false);
        } catch (StorageIoException e) {
            return new FrameRead.Broken(position, String.valueOf(e.getMessage()), true);
        }
    }

    /**
     * As {@link #read}, in a file in which records are being overwritten: one may be, while it is
     * read, and is whole when it is read once more.
     */
    public FrameRead readSettled(long position, long limit) {
        FrameRead read = read(position, limit);
        return read instanceof FrameRead.Broken ? read(position, limit) : read;
    }

    /** The intact header at a position; null if there is none. Records are not looked at. */
    public @Nullable FrameHeader peek(long position, long limit) {
        try {
            return header(position, limit);
        } catch (FrameHeader.Malformed | StorageIoException e) {
            return null;
        }
    }

    private FrameHeader header(long position, long limit) throws FrameHeader.Malformed {
        if (position > limit - FrameLayout.HEADER_BYTES) {
            throw new FrameHeader.Malformed("the file ends");
        }
        file.read(position, head, 0, head.length);
        FrameHeader header = FrameHeader.decode(head, position, checksum);
        if (header.end() > limit) {
            throw new FrameHeader.Malformed("frame length " + header.length() + " passes the end");
        }
        return header;
    }

    private Frame verified(FrameHeader header, byte[] bytes) throws FrameHeader.Malformed {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = header.length() - FrameLayout.TRAILER_BYTES;
        List<RawRecord> records = new ArrayList<>();
        int at = FrameLayout.HEADER_BYTES;
        while (at < trailer) {
            int length = recordLength(fields, at, trailer);
            int actual = checksum.ofRecord(header.position() + at, bytes, at, length);
            byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
            RawRecord read = new RawRecord(file.name(), header.position() + at, copy);
            RawRecord record = actual == read.crc() ? read : erasing.finished(read, checksum);
            if (record == null) {
                throw new FrameHeader.Malformed(
                        "record "
                                + records.size()
                                + " of frame "
                                + header.frameNumber()
                                + " differs");
            }
            records.add(record);
            at += length;
        }
        require(records.size() == header.recordCount(), "number of records is ", records.size());
        int crc = checksum.ofFrame(fields, 0, header.length());
        require(
                crc == fields.getInt(trailer + FrameLayout.TRAILER_CRC)
                        && header.frameNumber()
                                == fields.getLong(trailer + FrameLayout.TRAILER_FRAME_NUMBER)
                        && header.length() == fields.getInt(trailer + FrameLayout.TRAILER_LENGTH),
                "trailer differs of frame ",
                header.frameNumber());
        return new Frame(header, records, crc);
    }

    /**
     * Where the records of a frame begin, as their lengths tell; empty if a length makes no sense.
     *
     * @param fields the bytes of the frame
     * @param trailer where its trailer begins
     */
    static List<Integer> recordStarts(ByteBuffer fields, int trailer) {
        List<Integer> starts = new ArrayList<>();
        int at = FrameLayout.HEADER_BYTES;
        try {
            while (at < trailer) {
                int length = recordLength(fields, at, trailer);
                starts.add(at);
                at += length;
            }
            return starts;
        } catch (FrameHeader.Malformed e) {
            return List.of();
        }
    }

    private static int recordLength(ByteBuffer fields, int at, int trailer)
            throws FrameHeader.Malformed {
        require(trailer - at >= RecordLayout.PREFIX_BYTES, "record passes the frame's end at ", at);
        int length = fields.getInt(at + RecordLayout.LENGTH);
        require(
                length >= RecordLayout.PREFIX_BYTES
                        && length <= trailer - at
                        && length % FrameLayout.ALIGNMENT == 0,
                "record length ",
                length);
        return length;
    }

    /** The words are put together only where something is wrong. */
    private static void require(boolean holds, String what, long value)
            throws FrameHeader.Malformed {
        if (!holds) {
            throw new FrameHeader.Malformed(what + value);
        }
    }
}

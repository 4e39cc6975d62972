package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCodec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The bytes of a data file, to be changed so that exactly the rules that are meant break: checksums
 * and chains that were true before are made true again.
 */
public final class LogSurgery {

    private static final int SLOT_BYTES = (int) Header.DATA_OFFSET / 2;

    private final byte[] bytes;
    private final ByteBuffer fields;
    private final Checksum checksum;

    /** A file to be changed in a copy. */
    public LogSurgery(byte[] file) {
        bytes = file.clone();
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        checksum = new Checksum(header(0).identity());
    }

    /** A frame, and where its records begin. */
    public record Place(FrameHeader header, List<Integer> records) {

        /** Where it begins. */
        public int at() {
            return (int) header.position();
        }

        /** Where its trailer begins. */
        public int trailer() {
            return (int) header.end() - FrameLayout.TRAILER_BYTES;
        }
    }

    /** The bytes as they are. */
    public byte[] bytes() {
        return bytes;
    }

    /** The numbers in them. */
    public ByteBuffer fields() {
        return fields;
    }

    /** The header in a slot. */
    public Header header(int slot) {
        byte[] page = new byte[SLOT_BYTES];
        fields.get(slot * SLOT_BYTES, page);
        return HeaderCodec.decode(page, slot, "file");
    }

    /** The newest header. */
    public Header header() {
        return header(0).generation() > header(1).generation() ? header(0) : header(1);
    }

    /** Changes the header of a slot. */
    public void changeHeader(int slot, UnaryOperator<Header> change) {
        byte[] page = HeaderCodec.encode(change.apply(header(slot)));
        fields.put(slot * SLOT_BYTES, page);
    }

    /** Changes the headers of both slots. */
    public void changeHeaders(UnaryOperator<Header> change) {
        changeHeader(0, change);
        changeHeader(1, change);
    }

    /** All frames of the log. */
    public List<Place> frames() {
        List<Place> frames = new ArrayList<>();
        int at = (int) Header.DATA_OFFSET;
        while (at < bytes.length && fields.getInt(at) == FrameLayout.MARKER_VALUE) {
            frames.add(frameAt(at));
            at = (int) frames.getLast().header().end();
        }
        return frames;
    }

    /** Frames that hold transactions. */
    public List<Place> transactions() {
        return frames().stream().filter(frame -> frame.header().isTransaction()).toList();
    }

    private Place frameAt(int at) {
        byte[] head = new byte[FrameLayout.HEADER_BYTES];
        fields.get(at, head);
        try {
            FrameHeader header = FrameHeader.decode(head, at, checksum);
            ByteBuffer frame = fields.slice(at, header.length()).order(ByteOrder.LITTLE_ENDIAN);
            List<Integer> starts =
                    FrameReader.recordStarts(frame, header.length() - FrameLayout.TRAILER_BYTES);
            return new Place(header, starts.stream().map(start -> at + start).toList());
        } catch (FrameHeader.Malformed e) {
            throw new IllegalArgumentException("no frame at " + at, e);
        }
    }

    /** Makes the checksum of a record true. */
    public void sealRecord(int at) {
        int length = fields.getInt(at + RecordLayout.LENGTH);
        fields.putInt(at + RecordLayout.CRC, checksum.ofRecord(at, bytes, at, length));
    }

    /** Makes the digest of a transaction that of its records and of the one before. */
    public void sealDigest(Place frame, Digest before) {
        MessageDigest function =
                RecordDigest.ofTransaction(
                        before, frame.header().sequence(), frame.header().commitTime());
        for (int record : frame.records()) {
            function.update(bytes, record + RecordLayout.DIGEST, Digest.BYTES);
        }
        fields.put(frame.at() + FrameLayout.DIGEST, function.digest());
    }

    /** Makes the checksums of a frame true, and the links of all frames behind it. */
    public void sealFrames(int from) {
        int at = from;
        while (at < bytes.length && fields.getInt(at) == FrameLayout.MARKER_VALUE) {
            int length = fields.getInt(at + FrameLayout.LENGTH);
            int trailer = at + length - FrameLayout.TRAILER_BYTES;
            int header = checksum.begin().add(bytes, at, FrameLayout.HEADER_CRC).end();
            fields.putInt(at + FrameLayout.HEADER_CRC, header);
            int crc = checksum.ofFrame(fields, at, length);
            fields.putInt(trailer + FrameLayout.TRAILER_CRC, crc);
            at += length;
            if (at < bytes.length && fields.getInt(at) == FrameLayout.MARKER_VALUE) {
                fields.putInt(at + FrameLayout.PREVIOUS_CRC, crc);
            }
        }
    }
}

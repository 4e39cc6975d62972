package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A data file whose fields are changed and whose checksums, chain and digests are made to fit
 * again, so that nothing but the rules of the fields themselves can refuse it. Where frames and
 * records stand is taken from the file as it was given.
 */
@SuppressWarnings("ByteBufferBackingArray") // Every buffer wraps the whole of its array.
public final class ForgedStore {

    private static final int SLOT_BYTES = 4096;
    private static final int HEADER_CRC = 252;
    private static final int CREATED_AT = 40;
    private static final int FILE_ID = 48;
    private static final int SECRET = 64;
    private static final int WAL_SEQUENCE = 120;
    private static final int LAST_DIGEST = 168;

    private final byte[] bytes;
    private final ByteBuffer fields;
    private final Checksum checksum;
    private final List<Place> frames = new ArrayList<>();

    /**
     * A frame where it was written.
     *
     * @param at position
     * @param length in bytes
     * @param type as FORMAT.md counts them
     * @param records positions of its records
     */
    public record Place(int at, int length, int type, List<Integer> records) {

        /** Copies the list. */
        public Place {
            records = List.copyOf(records);
        }

        /** Where its trailer begins. */
        public int trailer() {
            return at + length - FrameLayout.TRAILER_BYTES;
        }
    }

    /** A forgery that begins with undamaged bytes, which are copied. */
    public ForgedStore(byte[] data) {
        bytes = data.clone();
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        checksum =
                new Checksum(
                        new FileIdentity(
                                new UUID(1, 1),
                                fields.getLong(CREATED_AT),
                                uuid(FILE_ID),
                                uuid(SECRET)));
        int at = Math.toIntExact(Header.DATA_OFFSET);
        while (fields.limit() - at >= FrameLayout.HEADER_BYTES
                && fields.getInt(at + FrameLayout.MARKER) == FrameLayout.MARKER_VALUE) {
            frames.add(placeAt(at));
            at = frames.getLast().at() + frames.getLast().length();
        }
    }

    private UUID uuid(int at) {
        return new UUID(fields.getLong(at), fields.getLong(at + Long.BYTES));
    }

    private Place placeAt(int at) {
        int length = fields.getInt(at + FrameLayout.LENGTH);
        List<Integer> records = new ArrayList<>();
        int record = at + FrameLayout.HEADER_BYTES;
        while (record < at + length - FrameLayout.TRAILER_BYTES) {
            records.add(record);
            record += fields.getInt(record + RecordLayout.LENGTH);
        }
        return new Place(at, length, fields.getInt(at + FrameLayout.TYPE), records);
    }

    /** All frames of a type. */
    public List<Place> frames(FrameType type) {
        return frames.stream().filter(frame -> FrameType.of(frame.type()) == type).toList();
    }

    /** Positions of all versions' records. */
    public List<Integer> versions() {
        return frames(FrameType.TRANSACTION).stream()
                .flatMap(frame -> frame.records().stream())
                .toList();
    }

    /** Positions of the versions whose content has a form. */
    public List<Integer> versionsOfForm(int form) {
        return versions().stream()
                .filter(at -> fields.get(at + RecordLayout.CONTENT_FORM) == form)
                .toList();
    }

    /** The number in one byte. */
    public int byteAt(int at) {
        return fields.get(at);
    }

    /** The number in four bytes. */
    public int intAt(int at) {
        return fields.getInt(at);
    }

    /** The number in eight bytes. */
    public long longAt(int at) {
        return fields.getLong(at);
    }

    /** Changes bytes. */
    public ForgedStore put(int at, byte... values) {
        fields.put(at, values);
        return this;
    }

    /** Changes a number of four bytes. */
    public ForgedStore putInt(int at, int value) {
        fields.putInt(at, value);
        return this;
    }

    /** Changes a number of eight bytes. */
    public ForgedStore putLong(int at, long value) {
        fields.putLong(at, value);
        return this;
    }

    /** A copy to go on from. */
    public ForgedStore copy() {
        return new ForgedStore(bytes, checksum, frames);
    }

    private ForgedStore(byte[] data, Checksum checksum, List<Place> frames) {
        bytes = data.clone();
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.checksum = checksum;
        this.frames.addAll(frames);
    }

    /** The bytes, after all that vouches for others was computed anew. */
    public byte[] repaired() {
        int previousCrc = 0;
        byte[] digest = Digest.ZERO.bytes();
        long sequence = 0;
        for (Place frame : frames) {
            frame.records().forEach(record -> repairRecord(record, frame.trailer()));
            if (FrameType.of(frame.type()) == FrameType.TRANSACTION) {
                digest = digest(frame, digest);
                fields.put(frame.at() + FrameLayout.DIGEST, digest);
                sequence = fields.getLong(frame.at() + FrameLayout.SEQUENCE);
            }
            fields.putInt(frame.at() + FrameLayout.PREVIOUS_CRC, previousCrc);
            previousCrc = repairFrame(frame);
        }
        for (int slot = 0; slot < Header.DATA_OFFSET; slot += SLOT_BYTES) {
            if (fields.getLong(slot + WAL_SEQUENCE) == sequence) {
                fields.put(slot + LAST_DIGEST, digest);
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes, slot, HEADER_CRC);
            fields.putInt(slot + HEADER_CRC, (int) crc.getValue());
        }
        return bytes.clone();
    }

    /** A length that leads out of the frame has no checksum, and is refused before one is taken. */
    private void repairRecord(int at, int end) {
        int length = fields.getInt(at + RecordLayout.LENGTH);
        if (length >= RecordLayout.PREFIX_BYTES && length <= end - at) {
            int crc = checksum.ofRecord((long) at, bytes, at, length);
            fields.putInt(at + RecordLayout.CRC, crc);
        }
    }

    private byte[] digest(Place frame, byte[] previous) {
        MessageDigest function =
                RecordDigest.ofTransaction(
                        Digest.of(previous),
                        fields.getLong(frame.at() + FrameLayout.SEQUENCE),
                        fields.getLong(frame.at() + FrameLayout.COMMIT_TIME));
        frame.records()
                .forEach(
                        record ->
                                function.update(bytes, record + RecordLayout.DIGEST, Digest.BYTES));
        return function.digest();
    }

    private int repairFrame(Place frame) {
        int at = frame.at();
        int headerCrc = checksum.begin().add(bytes, at, FrameLayout.HEADER_CRC).end();
        fields.putInt(at + FrameLayout.HEADER_CRC, headerCrc);
        checksum.begin().add(bytes, at, FrameLayout.HEADER_BYTES);
        for (int record : frame.records()) {
            checksum.add(bytes, record + RecordLayout.LENGTH, Integer.BYTES)
                    .add(bytes, record + RecordLayout.DIGEST, Digest.BYTES);
        }
        int crc = checksum.add(bytes, frame.trailer(), FrameLayout.TRAILER_CRC).end();
        fields.putInt(frame.trailer() + FrameLayout.TRAILER_CRC, crc);
        return crc;
    }
}

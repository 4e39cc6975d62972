package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * Makes the checksums of a log fit again after its bytes were changed, so that what lies behind the
 * checksums is reached. Knows the format by itself and shares no code with the writer of frames.
 */
final class LogForgery {

    /** Whose log it is. */
    static final FileIdentity IDENTITY =
            new FileIdentity(new UUID(1, 2), 3, new UUID(4, 5), new UUID(6, 7));

    /** Where it begins. */
    static final long START = Header.DATA_OFFSET;

    private final Checksum checksum = new Checksum(IDENTITY);
    private final byte[] bytes;
    private final ByteBuffer fields;

    /**
     * A log to be changed in place.
     *
     * @param bytes from {@link #START} on
     */
    LogForgery(byte[] bytes) {
        this.bytes = bytes;
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What is made to fit. */
    record Extent(boolean isHeaders, boolean isRecords, boolean isTrailers, boolean isChain) {}

    /** Walks from frame to frame, as far as their lengths make sense. */
    void repair(Extent extent) {
        int at = 0;
        FrameChain chain = new FrameChain(START, 0, 0, 0, 0, Digest.ZERO);
        while (at <= bytes.length - FrameLayout.HEADER_BYTES) {
            int length = fields.getInt(at + FrameLayout.LENGTH);
            boolean isWhole =
                    length >= FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES
                            && length <= bytes.length - at;
            if (extent.isHeaders()) {
                fields.putLong(at + FrameLayout.POSITION, START + at);
            }
            if (isWhole && extent.isRecords()) {
                repairRecords(at, length);
            }
            if (isWhole && extent.isChain()) {
                chain = link(at, length, chain);
            }
            if (extent.isHeaders()) {
                int crc = checksum.begin().add(bytes, at, FrameLayout.HEADER_CRC).end();
                fields.putInt(at + FrameLayout.HEADER_CRC, crc);
            }
            if (!isWhole) {
                return;
            }
            if (extent.isTrailers()) {
                repairTrailer(at, length);
            }
            chain = chain.after(headerAt(at, length), trailerCrc(at, length));
            at += length;
        }
    }

    /** Makes the checksum of the record at an index fit, if its length makes sense. */
    void repairRecord(int at) {
        int length = fields.getInt(at + RecordLayout.LENGTH);
        if (length >= RecordLayout.PREFIX_BYTES && length <= bytes.length - at) {
            int crc = checksum.ofRecord(START + at, bytes, at, length);
            fields.putInt(at + RecordLayout.CRC, crc);
        }
    }

    private void repairRecords(int frame, int length) {
        for (int at : FrameReader.recordStarts(slice(frame, length), trailerOf(length))) {
            repairRecord(frame + at);
        }
    }

    private FrameChain link(int at, int length, FrameChain chain) {
        fields.putLong(at + FrameLayout.FRAME_NUMBER, chain.frameNumber() + 1);
        fields.putInt(at + FrameLayout.PREVIOUS_CRC, chain.crc());
        FrameHeader header = headerAt(at, length);
        if (header.isTransaction()) {
            fields.putLong(at + FrameLayout.SEQUENCE, chain.sequence() + 1);
            MessageDigest function =
                    RecordDigest.ofTransaction(
                            chain.digest(), chain.sequence() + 1, header.commitTime());
            for (int record : FrameReader.recordStarts(slice(at, length), trailerOf(length))) {
                function.update(bytes, at + record + RecordLayout.DIGEST, Digest.BYTES);
            }
            System.arraycopy(function.digest(), 0, bytes, at + FrameLayout.DIGEST, Digest.BYTES);
        }
        return chain;
    }

    private void repairTrailer(int at, int length) {
        int trailer = at + trailerOf(length);
        fields.putLong(
                trailer + FrameLayout.TRAILER_FRAME_NUMBER,
                fields.getLong(at + FrameLayout.FRAME_NUMBER));
        fields.putInt(trailer + FrameLayout.TRAILER_LENGTH, length);
        if (!FrameReader.recordStarts(slice(at, length), trailerOf(length)).isEmpty()) {
            int crc = checksum.ofFrame(slice(at, length), 0, length);
            fields.putInt(trailer + FrameLayout.TRAILER_CRC, crc);
        }
    }

    private int trailerCrc(int at, int length) {
        return fields.getInt(at + trailerOf(length) + FrameLayout.TRAILER_CRC);
    }

    /** The header as far as the chain is concerned, whatever its checksum. */
    private FrameHeader headerAt(int at, int length) {
        FrameType type = FrameType.of(fields.getInt(at + FrameLayout.TYPE));
        byte[] digest = new byte[Digest.BYTES];
        fields.get(at + FrameLayout.DIGEST, digest);
        return new FrameHeader(
                type == null ? FrameType.DICTIONARY : type,
                length,
                1,
                fields.getLong(at + FrameLayout.FRAME_NUMBER),
                START + at,
                0,
                0,
                fields.getLong(at + FrameLayout.SEQUENCE),
                fields.getLong(at + FrameLayout.COMMIT_TIME),
                Digest.of(digest),
                0);
    }

    private ByteBuffer slice(int from, int length) {
        return fields.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int trailerOf(int length) {
        return length - FrameLayout.TRAILER_BYTES;
    }
}

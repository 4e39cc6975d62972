package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.io.LittleEndian;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The checksums of one file: CRC-32C seeded with the file's id and secret, so that neither content
 * nor another file's bytes can pass for frames of this one. One instance serves one thread.
 *
 * <p><b>Source:</b> RFC 3720 (Castagnoli polynomial).
 */
public final class Checksum {

    private final byte[] seed;
    private final byte[] eight = new byte[Long.BYTES];
    private final CRC32C crc = new CRC32C();

    /** The checksums of a file. */
    public Checksum(FileIdentity identity) {
        seed =
                ByteBuffer.allocate(32)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(identity.fileId().getMostSignificantBits())
                        .putLong(identity.fileId().getLeastSignificantBits())
                        .putLong(identity.secret().getMostSignificantBits())
                        .putLong(identity.secret().getLeastSignificantBits())
                        .array();
    }

    private Checksum(byte[] seed) {
        this.seed = seed;
    }

    /**
     * The checksums of a file whose id and secret are lost: any seed does that leaves the sum in
     * the same state.
     *
     * @param state the register after the seed, before it is inverted
     */
    static Checksum ofState(int state) {
        return new Checksum(CrcState.seedOf(state));
    }

    /** Another instance for another thread. */
    public Checksum copy() {
        return new Checksum(this);
    }

    private Checksum(Checksum other) {
        seed = other.seed;
    }

    Checksum begin() {
        crc.reset();
        crc.update(seed, 0, seed.length);
        return this;
    }

    Checksum add(byte[] bytes, int from, int length) {
        crc.update(bytes, from, length);
        return this;
    }

    /** Adds the bytes from an index to another, whatever the buffer's position and limit. */
    Checksum add(ByteBuffer buffer, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(to).position(from);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return this;
    }

    Checksum add(long value) {
        LittleEndian.putLong(eight, 0, value);
        crc.update(eight, 0, Long.BYTES);
        return this;
    }

    int end() {
        return (int) crc.getValue();
    }

    /**
     * The checksum of a record that begins at an index of an array and at a position of the file.
     */
    int ofRecord(long position, byte[] bytes, int from, int length) {
        return begin().add(position)
                .add(bytes, from, RecordLayout.CRC)
                .add(bytes, from + RecordLayout.DIGEST, length - RecordLayout.DIGEST)
                .end();
    }

    /** The checksum of a record that is being written. */
    int ofRecord(long position, ByteBuffer buffer, int from, int length) {
        return begin().add(position)
                .add(buffer, from, from + RecordLayout.CRC)
                .add(buffer, from + RecordLayout.DIGEST, from + length)
                .end();
    }

    /**
     * The checksum of a frame: its header, length and digest of each record, and its trailer.
     * Record lengths must have been checked.
     *
     * @param start index of the frame in the buffer
     */
    int ofFrame(ByteBuffer buffer, int start, int length) {
        begin().add(buffer, start, start + FrameLayout.HEADER_BYTES);
        int trailer = start + length - FrameLayout.TRAILER_BYTES;
        int at = start + FrameLayout.HEADER_BYTES;
        while (at < trailer) {
            add(buffer, at + RecordLayout.LENGTH, at + RecordLayout.CRC);
            add(buffer, at + RecordLayout.DIGEST, at + RecordLayout.DIGEST + Digest.BYTES);
            at += buffer.getInt(at + RecordLayout.LENGTH);
        }
        return add(buffer, trailer, trailer + FrameLayout.TRAILER_CRC).end();
    }
}

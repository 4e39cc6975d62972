package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.recovery.StoreCreation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A point of a scrub from which it can be gone on with: a border in the log, and the sums of the
 * entity index there.
 *
 * <p><b>Source:</b> FORMAT.md, "Progress of a scrub".
 */
public final class ScrubPoint {

    private static final int MAGIC = 0x42435345;
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 176;
    private static final int BYTES =
            HEAD_BYTES + IndexSums.PARTS * Long.BYTES + IndexSums.PARTS / Byte.SIZE + Integer.BYTES;

    private final UUID fileId;
    private final ScrubProgress progress;
    private final FrameChain border;
    private final IndexSums sums;

    ScrubPoint(UUID fileId, ScrubProgress progress, FrameChain border, IndexSums sums) {
        this.fileId = fileId;
        this.progress = progress;
        this.border = border;
        this.sums = sums;
    }

    /** The beginning of a log. */
    public static ScrubPoint start(FileIdentity identity, ScrubProgress progress) {
        return new ScrubPoint(
                identity.fileId(), progress, StoreCreation.emptyChain(identity), new IndexSums());
    }

    /** The file that was read. */
    public UUID fileId() {
        return fileId;
    }

    /** What is known of the scrubs of the file. */
    public ScrubProgress progress() {
        return progress;
    }

    FrameChain border() {
        return border;
    }

    IndexSums sums() {
        return sums;
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putInt(VERSION);
        buffer.putLong(fileId.getMostSignificantBits()).putLong(fileId.getLeastSignificantBits());
        buffer.putLong(progress.pass()).putLong(progress.begunAt()).putLong(progress.findings());
        buffer.putLong(progress.completedPass()).putLong(progress.completedAt());
        buffer.putLong(progress.completedFindings());
        buffer.putLong(border.position()).putLong(border.frameNumber());
        buffer.putLong(border.sequence()).putLong(border.commitTime());
        border.digest().copyTo(buffer, buffer.position());
        buffer.position(buffer.position() + Digest.BYTES);
        buffer.putInt(border.crc());
        buffer.position(HEAD_BYTES);
        for (long sum : sums.values()) {
            buffer.putLong(sum);
        }
        buffer.put(sums.hidden());
        buffer.putInt(BYTES - Integer.BYTES, crcOf(buffer.array()));
        return buffer.array();
    }

    /**
     * Reads a point.
     *
     * @throws CorruptDataException if it is not one that was written as a whole
     */
    static ScrubPoint decode(byte[] bytes, String file) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean isIntact =
                bytes.length == BYTES
                        && buffer.getInt() == MAGIC
                        && buffer.getInt() == VERSION
                        && buffer.getInt(BYTES - Integer.BYTES) == crcOf(bytes);
        if (!isIntact) {
            throw new CorruptDataException(file, 0, "no progress of a scrub");
        }
        UUID fileId = new UUID(buffer.getLong(), buffer.getLong());
        ScrubProgress progress =
                new ScrubProgress(
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong());
        long position = buffer.getLong();
        long frameNumber = buffer.getLong();
        long sequence = buffer.getLong();
        long commitTime = buffer.getLong();
        byte[] digest = new byte[Digest.BYTES];
        buffer.get(digest);
        FrameChain border =
                new FrameChain(
                        position,
                        frameNumber,
                        buffer.getInt(),
                        sequence,
                        commitTime,
                        Digest.of(digest));
        buffer.position(HEAD_BYTES);
        long[] sums = new long[IndexSums.PARTS];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = buffer.getLong();
        }
        byte[] hidden = new byte[IndexSums.PARTS / Byte.SIZE];
        buffer.get(hidden);
        return new ScrubPoint(fileId, progress, border, IndexSums.of(sums, hidden));
    }

    private static int crcOf(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}

package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the checksums of a file whose headers are lost. The bytes of a frame header tell in which
 * state the seed left the sum, if they are intact; and they are if with this seed the whole frame
 * verifies: its header, each of its records, and its trailer.
 */
public final class SeedSearch {

    private static final int BLOCK_BYTES = 1 << 20;

    private SeedSearch() {}

    /**
     * The checksums that some frame of a file proves; null if no frame does.
     *
     * @param limit where readable bytes end; the file is mapped up to there
     */
    public static @Nullable Checksum find(DiskFile file, long limit) {
        byte[] block = new byte[BLOCK_BYTES];
        ByteBuffer fields = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = Header.DATA_OFFSET; at < limit; at += BLOCK_BYTES) {
            int length = (int) Math.min(BLOCK_BYTES, limit - at);
            try {
                file.read(at, block, 0, length);
            } catch (StorageIoException e) {
                continue;
            }
            for (int i = 0; i + Long.BYTES <= length; i += FrameLayout.ALIGNMENT) {
                if (fields.getInt(i) == FrameLayout.MARKER_VALUE) {
                    Checksum found = provenBy(file, at + i, limit);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Checksum provenBy(DiskFile file, long position, long limit) {
        byte[] head = new byte[FrameLayout.HEADER_BYTES];
        if (position > limit - head.length) {
            return null;
        }
        file.read(position, head, 0, head.length);
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getLong(FrameLayout.POSITION) != position) {
            return null;
        }
        int sum = fields.getInt(FrameLayout.HEADER_CRC);
        Checksum candidate =
                Checksum.ofState(CrcState.before(head, 0, FrameLayout.HEADER_CRC, sum));
        FrameReader frames = new FrameReader(file, candidate);
        return frames.read(position, limit) instanceof FrameRead.Intact ? candidate.copy() : null;
    }
}

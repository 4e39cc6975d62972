package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks backward from a position for the intact frame header whose frame holds it. Reads at most
 * {@link FrameLayout#MAX_BYTES}. Serves one thread.
 */
@RequiredArgsConstructor
final class FrameAround {

    private static final int BLOCK_BYTES = 64 << 10;

    private final DiskFile file;
    private final Checksum checksum;
    private final long limit;

    /** The frame's header; null if the nearest intact header before belongs to another frame. */
    @Nullable FrameHeader find(long position) {
        FrameReader frames = new FrameReader(file, checksum.copy());
        byte[] block = new byte[BLOCK_BYTES];
        ByteBuffer words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        long least = Math.max(Header.DATA_OFFSET, position - FrameLayout.MAX_BYTES);
        long end = position & -FrameLayout.ALIGNMENT;
        while (end > least) {
            int length = (int) Math.min(BLOCK_BYTES, end - least);
            long start = end - length;
            if (!read(start, block, length)) {
                return null;
            }
            for (int i = length - FrameLayout.ALIGNMENT; i >= 0; i -= FrameLayout.ALIGNMENT) {
                FrameHeader found =
                        words.getInt(i) == FrameLayout.MARKER_VALUE
                                ? frames.peek(start + i, limit)
                                : null;
                if (found != null) {
                    return found.end() > position ? found : null;
                }
            }
            end = start;
        }
        return null;
    }

    private boolean read(long at, byte[] block, int length) {
        try {
            file.read(at, block, 0, length);
            return true;
        } catch (StorageIoException e) {
            return false;
        }
    }
}

package io.entitydb.storage.log;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Looks for intact frame headers in bytes of which nothing is known, at every multiple of {@link
 * FrameLayout#ALIGNMENT}. A header that is found stands where a frame was written: its checksum
 * covers its position and the file's secret. Serves one thread.
 */
public final class FrameSearch {

    /** Fits a processor's caches: most of what is searched is zeros, read once. */
    private static final int BLOCK_BYTES = 1 << 16;

    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    /** What the device cannot read is passed over in pieces of this size. */
    private static final int UNREADABLE_BYTES = 4096;

    private final DiskFile file;
    private final FrameReader frames;
    private final long limit;
    private final byte[] block;
    private final ByteBuffer words;

    /**
     * A search up to a position.
     *
     * @param limit where readable bytes end
     */
    public FrameSearch(DiskFile file, FrameReader frames, long from, long limit) {
        this.file = file;
        this.frames = frames;
        this.limit = limit;
        block = new byte[Math.clamp(limit - from, 0, BLOCK_BYTES)];
        words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What was found.
     *
     * @param header the first intact header; null if there is none up to the limit
     * @param isBlank whether nothing but zeros was passed on the way
     * @param isUnreadable whether the device could not read some of the way
     */
    public record Found(@Nullable FrameHeader header, boolean isBlank, boolean isUnreadable) {}

    /** The first intact frame header at or behind a position. */
    public Found next(long from) {
        boolean isBlank = true;
        boolean isUnreadable = false;
        long at = from;
        while (at < limit) {
            int length = read(at);
            if (length < 0) {
                isUnreadable = true;
                at += UNREADABLE_BYTES;
                continue;
            }
            for (int i = 0; i + Long.BYTES <= length; i += FrameLayout.ALIGNMENT) {
                long word = words.getLong(i);
                if (word == 0) {
                    i = lastZero(i, length);
                    continue;
                }
                if ((int) word == FrameLayout.MARKER_VALUE) {
                    FrameHeader found = frames.peek(at + i, limit);
                    if (found != null) {
                        return new Found(found, isBlank, isUnreadable);
                    }
                }
                isBlank = false;
            }
            at += length;
        }
        return new Found(null, isBlank, isUnreadable);
    }

    /** Index of the last word of zeros in the run that begins at an index of the block. */
    private int lastZero(int from, int length) {
        int used = Arrays.mismatch(block, from, length, ZEROS, 0, length - from);
        int end = used < 0 ? length : from + used;
        return (end & -FrameLayout.ALIGNMENT) - FrameLayout.ALIGNMENT;
    }

    /** Fills the block, or as little of it as the device can read; -1 if it can read nothing. */
    private int read(long at) {
        int wanted = (int) Math.min(block.length, limit - at);
        for (int length : new int[] {wanted, Math.min(wanted, UNREADABLE_BYTES)}) {
            try {
                file.read(at, block, 0, length);
                return length;
            } catch (StorageIoException e) {
                // A smaller piece may be readable.
            }
        }
        return -1;
    }
}

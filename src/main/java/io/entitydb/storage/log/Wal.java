package io.entitydb.storage.log;

import io.entitydb.storage.io.DiskFile;

import java.nio.ByteBuffer;

/**
 * The write-ahead log: appends batches of frames to space that was claimed, zeroed and forced
 * beforehand. Used by the writer's thread; {@link #allocatedBytes} and {@link #tail} may be read by
 * any.
 */
public final class Wal {

    /** Never written to. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final DiskFile file;
    private volatile long allocatedBytes;
    private volatile FrameChain tail;
    private volatile long durableFrame;

    /** Up to where the file is zeroed or used, see {@link #zeroAhead}. */
    private long zeroedBytes;

    /** How much of that is forced. */
    private long forcedBytes;

    /**
     * A log that ends at a border.
     *
     * @param tail border after the last frame, which is durable
     * @param allocatedBytes size of the file as the header tells it; everything after the tail is
     *     zeros
     */
    public Wal(DiskFile file, FrameChain tail, long allocatedBytes) {
        this.file = file;
        this.tail = tail;
        this.allocatedBytes = allocatedBytes;
        zeroedBytes = allocatedBytes;
        forcedBytes = allocatedBytes;
        durableFrame = tail.frameNumber();
    }

    /** Border after the last appended frame. */
    public FrameChain tail() {
        return tail;
    }

    /** Claimed and mapped bytes of the file. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Highest frame known to be forced. */
    public long durableFrame() {
        return durableFrame;
    }

    /** Claimed bytes after the tail. */
    public long freeBytes() {
        return allocatedBytes - tail.position();
    }

    /** Bytes of the file that a claim need not zero any more. Asked by the writer's thread. */
    public long zeroedBytes() {
        return zeroedBytes;
    }

    /**
     * Zeroes some more of what a later claim takes, without forcing it.
     *
     * @throws io.entitydb.storage.error.StorageFullException if there is no space; nothing that
     *     counts was touched
     */
    public void zeroAhead(long bytes) {
        zero(file, zeroedBytes, zeroedBytes + bytes);
        zeroedBytes += bytes;
    }

    /**
     * Zeroes the file up to a size, forces what is not forced yet, and maps it. The space may be
     * used once the header that tells the size is published, see {@link #allocated}.
     *
     * @throws io.entitydb.storage.error.StorageFullException if there is no space; nothing that
     *     counts was touched
     */
    public void claim(long size) {
        zeroAhead(Math.max(0, size - zeroedBytes));
        if (forcedBytes < size) {
            file.force();
            forcedBytes = zeroedBytes;
        }
        file.map(size);
    }

    /** The header that tells this size is published. */
    public void allocated(long size) {
        allocatedBytes = size;
    }

    /**
     * Appends the frames of a batch. They are durable after {@link #force}.
     *
     * @param after border after them
     */
    public void append(ByteBuffer frames, FrameChain after) {
        if (frames.remaining() > freeBytes()) {
            throw new IllegalStateException(
                    "batch of " + frames.remaining() + " bytes, claimed are " + freeBytes());
        }
        file.write(frames, tail.position());
        tail = after;
    }

    /**
     * Overwrites a record before the tail with its erased form. Durable after {@link #force}.
     *
     * @param position where the record begins
     */
    public void overwrite(ByteBuffer erased, long position) {
        if (position + erased.remaining() > tail.position()) {
            throw new IllegalStateException("record at " + position + " passes the tail");
        }
        file.write(erased, position);
    }

    /**
     * Makes everything appended durable. After a failure nothing is known of it: the caller must
     * not call again.
     */
    public void force() {
        file.force();
        forcedBytes = zeroedBytes;
        durableFrame = tail.frameNumber();
    }

    /** Writes zeros from a position to another; they are durable after a force. */
    public static void zero(DiskFile file, long from, long to) {
        ByteBuffer zeros = ZEROS.duplicate();
        for (long at = from; at < to; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            file.write(zeros, at);
        }
    }
}

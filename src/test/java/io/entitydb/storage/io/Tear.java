package io.entitydb.storage.io;

import java.util.SplittableRandom;

/**
 * A pending write of which power loss leaves a part.
 *
 * <p>A sector of 512 bytes that holds a durable byte other than zero comes out whole, old or new,
 * and a byte outside the write never changes: the engine relies on both. Only a sector that was
 * never used may come out mixed, cut at 8 bytes, or with what the fill leaves in place of the bytes
 * that did not get through.
 *
 * @param shape which blocks get through
 * @param blockBytes size of a block, whose borders are multiples of it in the file
 * @param fill what stands where a block did not get through
 * @param draw the first block that differs from block 0, or the seed of random blocks
 */
record Tear(Shape shape, int blockBytes, Fill fill, long draw) {

    static final int SECTOR_BYTES = 512;

    /** Which blocks of the write get through. */
    enum Shape {
        PREFIX,
        SUFFIX,
        RANDOM
    }

    /** What stands in a sector that was never used, where a block did not get through. */
    enum Fill {
        OLD,
        ZEROS,
        GARBAGE
    }

    Tear {
        if (blockBytes != 8 && blockBytes != SECTOR_BYTES && blockBytes != 4096) {
            throw new IllegalArgumentException("blockBytes: " + blockBytes);
        }
    }

    /** How many blocks a write touches. */
    static long blocks(PendingWrite write, int blockBytes) {
        return (write.end() - 1) / blockBytes - write.position() / blockBytes + 1;
    }

    /** Whether the block with a byte of the write at this position gets through. */
    boolean getsThrough(PendingWrite write, long position) {
        long block = position / blockBytes - write.position() / blockBytes;
        return switch (shape) {
            case PREFIX -> block < draw;
            case SUFFIX -> block >= draw;
            case RANDOM -> new SplittableRandom(draw ^ (block * 0x9E3779B97F4A7C15L)).nextBoolean();
        };
    }

    /** Fills bytes of the image that did not get through, in a sector that was never used. */
    void fill(PagedBytes image, long position, int length) {
        if (fill == Fill.OLD) {
            return;
        }
        var bytes = new byte[length];
        if (fill == Fill.GARBAGE) {
            new SplittableRandom(draw ^ position).nextBytes(bytes);
        }
        image.write(position, bytes, 0, length);
    }
}

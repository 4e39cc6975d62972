package io.entitydb.storage.recovery;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Wal;

import lombok.RequiredArgsConstructor;

import java.nio.ByteBuffer;

/**
 * Makes the tail of a log certain before anything is written behind it: frames that were accepted
 * without proof of having been forced are written again, everything after them is cleared, and all
 * is forced.
 *
 * <p>Why again: after a force that failed, the page cache may show frames that never reached the
 * device, and would show them until they are evicted.
 */
@RequiredArgsConstructor
final class TailSettler {

    private static final int BLOCK_BYTES = 1 << 20;

    private final DiskFile file;

    /**
     * Settles the tail.
     *
     * @param proven everything before is known to be durable
     * @param end border after the last accepted frame
     * @param size allocated bytes
     */
    void settle(long proven, long end, long size) {
        byte[] block = new byte[Math.clamp(end - proven, 0, BLOCK_BYTES)];
        for (long at = proven; at < end; at += BLOCK_BYTES) {
            int length = (int) Math.min(BLOCK_BYTES, end - at);
            file.read(at, block, 0, length);
            file.write(ByteBuffer.wrap(block, 0, length), at);
        }
        Wal.zero(file, end, size);
        file.force();
    }
}

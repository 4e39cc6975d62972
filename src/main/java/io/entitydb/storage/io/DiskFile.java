package io.entitydb.storage.io;

import java.nio.ByteBuffer;

/**
 * An open file.
 *
 * <p>{@link #size}, {@link #write}, {@link #force}, {@link #map} and {@link #close} are called by
 * one thread at a time; {@link #read} by any thread at any time, interrupted ones included, without
 * a lock. All methods throw {@link io.entitydb.storage.error.StorageIoException} when the system
 * refuses and {@link io.entitydb.storage.error.StorageClosedException} once the file is closed.
 */
public interface DiskFile extends AutoCloseable {

    /** The file's name within its directory. */
    String name();

    /** Length in bytes, as the system tells it now. */
    long size();

    /**
     * Writes all remaining bytes. They survive power loss only after {@link #force}.
     *
     * @param source from its position to its limit; the position moves to the limit
     * @param position first byte in the file
     * @throws io.entitydb.storage.error.StorageFullException if the device or quota is full; some
     *     of the bytes may have been written
     */
    void write(ByteBuffer source, long position);

    /**
     * When this returns, all bytes written before survive power loss, and so does the size they
     * need. After a failure nothing is known of them, and a second call proves nothing.
     */
    void force();

    /**
     * Makes the first bytes of the file, up to the given size, readable by {@link #read}. A size
     * below an earlier one changes nothing.
     *
     * @throws io.entitydb.storage.error.StorageIoException if the file is shorter
     */
    void map(long size);

    /**
     * Copies bytes out of the mapped part.
     *
     * @param position first byte in the file
     * @param target where to; filled from {@code offset} on
     * @throws io.entitydb.storage.error.StorageIoException if the range is not mapped, or the
     *     device fails under the map
     */
    void read(long position, byte[] target, int offset, int length);

    /** Readers fail from here on. A second call does nothing. */
    @Override
    void close();
}

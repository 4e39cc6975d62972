package io.entitydb.storage.repair;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ReadOnlyFile;

import java.io.EOFException;
import java.nio.ByteBuffer;

/**
 * Bytes of a file as they were at one moment, read as if they were the file: what was verified in
 * them is what is copied from them. Serves one thread.
 */
final class FrameWindow implements ReadOnlyFile {

    private final DiskFile file;
    private byte[] bytes = new byte[0];
    private long start;
    private int length;

    FrameWindow(DiskFile file) {
        this.file = file;
    }

    /** Takes bytes of the file into the window. */
    void fill(long from, int size) {
        if (bytes.length < size) {
            bytes = new byte[size];
        }
        file.read(from, bytes, 0, size);
        start = from;
        length = size;
    }

    /** Where the window ends, in the file. */
    long end() {
        return start + length;
    }

    /** The bytes from one position of the file to another, both within the window. */
    ByteBuffer bytes(long from, long to) {
        return ByteBuffer.wrap(bytes, (int) (from - start), (int) (to - from));
    }

    @Override
    public void read(long position, byte[] target, int offset, int count) {
        if (position < start || position > end() - count) {
            throw new StorageIoException(
                    "read " + name() + " at " + position, new EOFException("outside of window"));
        }
        System.arraycopy(bytes, (int) (position - start), target, offset, count);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return end();
    }

    @Override
    public void map(long size) {}

    /** The file is another's. */
    @Override
    public void close() {}
}

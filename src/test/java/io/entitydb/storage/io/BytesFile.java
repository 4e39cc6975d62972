package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageIoException;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that is only read, and whose first byte stands at a position of choice: decoders are given
 * it by the million.
 */
public final class BytesFile implements DiskFile {

    private final long start;
    private final byte[] bytes;

    /**
     * A file.
     *
     * @param start position of the first of the bytes; what lies before cannot be read
     * @param bytes not copied
     */
    public BytesFile(long start, byte[] bytes) {
        this.start = start;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return "entities.edb";
    }

    @Override
    public long size() {
        return start + bytes.length;
    }

    @Override
    public void write(ByteBuffer source, long position) {
        throw refused("write");
    }

    @Override
    public void force() {
        throw refused("force");
    }

    @Override
    public void map(long size) {
        if (size > size()) {
            throw refused("map");
        }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (position < start || position > size() - length) {
            throw refused("read");
        }
        System.arraycopy(bytes, Math.toIntExact(position - start), target, offset, length);
    }

    @Override
    public void close() {}

    private StorageIoException refused(String call) {
        return new StorageIoException(call + " " + name(), new IOException("Input/output error"));
    }
}

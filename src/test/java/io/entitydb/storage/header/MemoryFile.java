package io.entitydb.storage.header;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file in memory whose next write, force or read can be made to fail. */
final class MemoryFile implements DiskFile {

    private static final int NO_FAULT = -1;

    private byte[] bytes;
    private long mapped;
    private int bytesThatLand = NO_FAULT;
    private boolean isForceFailing;
    private boolean isReadFailing;
    private int forces;

    MemoryFile(int size) {
        this.bytes = new byte[size];
    }

    /** The next write fails after some of its bytes have reached the file. */
    void failNextWrite(int bytesThatLand) {
        this.bytesThatLand = bytesThatLand;
    }

    /** The next force fails. */
    void failNextForce() {
        isForceFailing = true;
    }

    /** Reads fail from here on. */
    void failReads() {
        isReadFailing = true;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How often the file was forced. */
    int forces() {
        return forces;
    }

    @Override
    public String name() {
        return "entities.edb";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void write(ByteBuffer source, long position) {
        boolean isFailing = bytesThatLand != NO_FAULT;
        int length = isFailing ? bytesThatLand : source.remaining();
        bytesThatLand = NO_FAULT;
        int end = Math.toIntExact(position + length);
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
        source.get(bytes, Math.toIntExact(position), length);
        if (isFailing) {
            throw failed("write");
        }
    }

    @Override
    public void force() {
        if (isForceFailing) {
            isForceFailing = false;
            throw failed("force");
        }
        forces++;
    }

    @Override
    public void map(long size) {
        mapped = size;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (isReadFailing || position + length > mapped) {
            throw failed("read");
        }
        System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
    }

    @Override
    public void close() {}

    private StorageIoException failed(String call) {
        return new StorageIoException(call + " " + name(), new IOException("Input/output error"));
    }
}

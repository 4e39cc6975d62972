package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageIoException;

import java.io.IOException;

/** A file of which the device cannot read a stretch. */
public final class HoledFile extends ForwardingFile {

    private final long from;
    private final long to;

    /**
     * A file with a hole.
     *
     * @param from first position that cannot be read
     * @param to first position behind it that can
     */
    public HoledFile(DiskFile file, long from, long to) {
        super(file);
        this.from = from;
        this.to = to;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (position < to && position + length > from) {
            throw new StorageIoException("read " + name(), new IOException("Input/output error"));
        }
        super.read(position, target, offset, length);
    }
}

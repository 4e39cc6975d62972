package io.entitydb.storage.io;

import java.nio.ByteBuffer;

/** A file that passes every call on; a test overrides what it wants to differ. */
public class ForwardingFile implements DiskFile {

    private final DiskFile file;

    /** Passes every call on to the file. */
    protected ForwardingFile(DiskFile file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void write(ByteBuffer source, long position) {
        file.write(source, position);
    }

    @Override
    public void force() {
        file.force();
    }

    @Override
    public void map(long size) {
        file.map(size);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        file.read(position, target, offset, length);
    }

    @Override
    public void close() {
        file.close();
    }
}

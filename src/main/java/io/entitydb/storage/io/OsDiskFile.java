package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageIoException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.util.Objects;
import java.util.function.Supplier;

/** A file of the operating system: one channel to write and force, maps to read. */
final class OsDiskFile implements DiskFile {

    private final String name;

    /** What a force is called in messages. */
    private final String forcing;

    private final FileChannel channel;
    private final MappedWindows windows;

    OsDiskFile(String name, FileChannel channel, long windowBytes) {
        this.name = name;
        forcing = "force " + name;
        this.channel = channel;
        this.windows = new MappedWindows(name, windowBytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return OsCalls.call("size " + name, channel::size);
    }

    @Override
    public void write(ByteBuffer source, long position) {
        int wanted = source.remaining();
        Supplier<String> what =
                () -> "write " + name + " at " + position + ", " + wanted + " bytes,";
        try {
            OsCalls.claim(what, wanted, () -> writeFully(source, position));
        } catch (NonWritableChannelException | IllegalArgumentException refused) {
            throw new StorageIoException(what.get(), refused);
        }
    }

    private int writeFully(ByteBuffer source, long position) throws IOException {
        int total = 0;
        while (source.hasRemaining()) {
            int written = channel.write(source, position + total);
            if (written <= 0) {
                throw new IOException("the system took " + total + " bytes and no more");
            }
            total += written;
        }
        return total;
    }

    /** A full device is reported as a failed force: nothing is known of what was written. */
    @Override
    public void force() {
        OsCalls.run(forcing, () -> channel.force(false));
    }

    @Override
    public void map(long size) {
        OsCalls.run("map " + name + ", " + size + " bytes,", () -> windows.grow(channel, size));
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        windows.read(position, target, offset, length);
    }

    @Override
    public void close() {
        try {
            windows.close();
        } finally {
            OsCalls.run("close " + name, channel::close);
        }
    }
}

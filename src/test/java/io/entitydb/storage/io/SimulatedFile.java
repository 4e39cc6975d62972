package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageIoException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An open file of a {@link SimulatedDisk}. Each call holds the disk's monitor. */
final class SimulatedFile implements DiskFile {

    private final SimulatedDisk disk;
    private final String name;
    private final StoredFile content;
    private final boolean isWritable;
    private boolean isOpen = true;
    private long mappedBytes;

    SimulatedFile(SimulatedDisk disk, String name, StoredFile content, boolean isWritable) {
        this.disk = disk;
        this.name = name;
        this.content = content;
        this.isWritable = isWritable;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        synchronized (disk.monitor()) {
            disk.begin(DiskCall.SIZE, "size " + name);
            checkOpen("size");
            return content.cache().size();
        }
    }

    @Override
    public void write(ByteBuffer source, long position) {
        synchronized (disk.monitor()) {
            int wanted = source.remaining();
            String what = "write " + name + " at " + position + ", " + wanted + " bytes,";
            checkOpen("write");
            if (!isWritable || position < 0) {
                disk.control().checkPower(DiskCall.WRITE);
                throw new StorageIoException(what, new IOException("not writable there"));
            }
            var effect = disk.control().enter(DiskCall.WRITE);
            long available = disk.usable();
            long grown = Math.max(0, position + wanted - content.cache().size());
            int fitting = (int) Math.max(0, wanted - Math.max(0, grown - available));
            if (effect != null) {
                int done =
                        switch (effect) {
                            case HALF_THEN_NO_SPACE, HALF_THEN_IO_ERROR ->
                                    Math.min(fitting, wanted / 2);
                            case IO_ERROR,
                                    NO_SPACE,
                                    PAGES_DROPPED,
                                    PAGES_PARTLY_DROPPED,
                                    FORCE_IGNORED ->
                                    0;
                        };
                put(source, position, done);
                throw Fault.failure(effect, what, wanted, available);
            }
            put(source, position, fitting);
            if (fitting < wanted) {
                throw Fault.failure(Fault.Effect.NO_SPACE, what, wanted, available);
            }
            disk.control().checkPower(DiskCall.WRITE);
        }
    }

    private void put(ByteBuffer source, long position, int count) {
        if (count > 0) {
            int limit = source.limit();
            source.limit(source.position() + count);
            content.write(new PendingWrite(disk.nextWrite(), position, source));
            source.limit(limit);
        }
    }

    @Override
    public void force() {
        synchronized (disk.monitor()) {
            checkOpen("force");
            var effect = disk.control().enter(DiskCall.FORCE);
            if (effect == null) {
                content.settle(write -> true);
            } else {
                switch (effect) {
                    case PAGES_DROPPED -> content.settle(write -> false);
                    case PAGES_PARTLY_DROPPED -> content.settle(disk::isLucky);
                    case FORCE_IGNORED -> content.settle(write -> false);
                    case IO_ERROR, NO_SPACE, HALF_THEN_NO_SPACE, HALF_THEN_IO_ERROR -> {}
                }
                if (effect != Fault.Effect.FORCE_IGNORED) {
                    throw new StorageIoException(
                            "force " + name, new IOException("simulated " + effect));
                }
            }
            disk.control().checkPower(DiskCall.FORCE);
        }
    }

    @Override
    public void map(long size) {
        synchronized (disk.monitor()) {
            String what = "map " + name + ", " + size + " bytes,";
            disk.begin(DiskCall.MAP, what);
            checkOpen("map");
            if (size > content.cache().size()) {
                var cause = new EOFException("file has " + content.cache().size());
                throw new StorageIoException(what, cause);
            }
            mappedBytes = Math.max(mappedBytes, size);
        }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        synchronized (disk.monitor()) {
            disk.begin(DiskCall.READ, () -> describe(position, length));
            checkOpen("read");
            long readable = Math.min(mappedBytes, content.cache().size());
            if (position < 0 || position > readable - length) {
                throw new StorageIoException(
                        describe(position, length), new EOFException(readable + " are mapped"));
            }
            content.cache().read(position, target, offset, length);
        }
    }

    private String describe(long position, int length) {
        return "read " + name + " at " + position + ", " + length + " bytes,";
    }

    /** Also works when the power is gone, so that a dying engine can let go of what it holds. */
    @Override
    public void close() {
        synchronized (disk.monitor()) {
            if (isOpen) {
                isOpen = false;
                disk.fileClosed();
            }
        }
    }

    private void checkOpen(String call) {
        if (!isOpen) {
            throw new StorageClosedException("closed: " + call + " " + name);
        }
    }
}

package io.entitydb.storage;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * A directory that takes no writes, over arrays that its owner may change between two openings. A
 * read costs a copy and nothing else; so many of them that only an endless loop can have made them
 * are an {@link AssertionError}. Serves one thread.
 */
final class FrozenDisk implements Disk {

    private static final long MOST_READS = 200_000;

    private byte[] data;
    private byte @Nullable [] image;
    private long reads;

    FrozenDisk(byte[] data, byte @Nullable [] image) {
        this.data = data;
        this.image = image;
    }

    /** Other bytes from here on; reads are counted anew. */
    void thaw(byte[] otherData, byte @Nullable [] otherImage) {
        data = otherData;
        image = otherImage;
        reads = 0;
    }

    @Override
    public String name() {
        return "frozen";
    }

    @Override
    public List<String> list() {
        return image == null
                ? List.of(StoreFiles.DATA)
                : List.of(StoreFiles.DATA, ImageWriter.FILE);
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public DiskFile open(String file, Access access) {
        if (access != Access.READ) {
            throw refused("open " + file);
        }
        byte[] found =
                switch (file) {
                    case StoreFiles.DATA -> data;
                    case ImageWriter.FILE -> image;
                    default -> null;
                };
        if (found == null) {
            throw new StorageIoException("open " + file, new NoSuchFileException(file));
        }
        return new FrozenFile(file, found);
    }

    @Override
    public void createDirectory() {
        throw refused("create directory");
    }

    @Override
    public void rename(String from, String to) {
        throw refused("rename " + from);
    }

    @Override
    public void delete(String file) {
        throw refused("delete " + file);
    }

    @Override
    public void forceDirectory() {
        throw refused("force directory");
    }

    @Override
    public DiskLock lock(String file) {
        throw refused("lock " + file);
    }

    @Override
    public DiskLock lockToLook(String file) {
        return () -> {};
    }

    @Override
    public long usableBytes() {
        return 0;
    }

    @Override
    public long now() {
        return Long.MAX_VALUE / 2;
    }

    /** A write to a store that is only read is an error of the engine. */
    private static AssertionError refused(String call) {
        return new AssertionError("read-only opening made a change: " + call);
    }

    private final class FrozenFile implements DiskFile {

        private final String name;
        private final byte[] bytes;
        private long mapped;

        private FrozenFile(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            throw refused("write " + name);
        }

        @Override
        public void force() {
            throw refused("force " + name);
        }

        @Override
        public void map(long size) {
            if (size > bytes.length) {
                throw tooFar("map", size);
            }
            mapped = Math.max(mapped, size);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            if (++reads > MOST_READS) {
                throw new AssertionError("reads without end");
            }
            if (position < 0 || position > mapped - length) {
                throw tooFar("read", position);
            }
            System.arraycopy(bytes, (int) position, target, offset, length);
        }

        private StorageIoException tooFar(String call, long position) {
            return new StorageIoException(
                    call + " " + name + " at " + position,
                    new IOException(new EOFException(mapped + " of " + bytes.length)));
        }

        @Override
        public void close() {}
    }
}

package io.entitydb.backup;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.DiskLock;

import java.util.ArrayList;
import java.util.List;

/** A directory of one file: the log that the parts of a chain make together. Takes no writes. */
final class ChainDisk implements Disk {

    /** Name of the file. */
    static final String FILE = "chain.edb";

    private final Disk disk;
    private final Chain chain;

    ChainDisk(Disk disk, Chain chain) {
        this.disk = disk;
        this.chain = chain;
    }

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public List<String> list() {
        return List.of(FILE);
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public DiskFile open(String file, Access access) {
        if (access != Access.READ || !file.equals(FILE)) {
            throw new UnsupportedOperationException(access + " " + file);
        }
        List<ChainFile.Part> parts = new ArrayList<>();
        try {
            for (BackupFile part : chain.parts()) {
                parts.add(
                        new ChainFile.Part(
                                disk.open(part.name().file(), Access.READ),
                                part.start(),
                                part.to().dataEnd()));
            }
            return new ChainFile(parts, chain.end());
        } catch (StorageException e) {
            parts.forEach(part -> part.file().close());
            throw e;
        }
    }

    @Override
    public void createDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forceDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DiskLock lock(String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DiskLock lockToLook(String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }

    @Override
    public long now() {
        return disk.now();
    }
}

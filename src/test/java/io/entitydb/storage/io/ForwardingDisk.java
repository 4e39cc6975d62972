package io.entitydb.storage.io;

import java.util.List;
import java.util.function.UnaryOperator;

/** A disk that passes every call on, and whose files a test wraps. */
public class ForwardingDisk implements Disk {

    private final Disk disk;
    private final UnaryOperator<DiskFile> wrapping;

    /** Every file that is opened passes through the wrapping. */
    public ForwardingDisk(Disk disk, UnaryOperator<DiskFile> wrapping) {
        this.disk = disk;
        this.wrapping = wrapping;
    }

    @Override
    public DiskFile open(String file, Access access) {
        return wrapping.apply(disk.open(file, access));
    }

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public List<String> list() {
        return disk.list();
    }

    @Override
    public boolean isWritable() {
        return disk.isWritable();
    }

    @Override
    public void createDirectory() {
        disk.createDirectory();
    }

    @Override
    public void rename(String from, String to) {
        disk.rename(from, to);
    }

    @Override
    public void delete(String file) {
        disk.delete(file);
    }

    @Override
    public void forceDirectory() {
        disk.forceDirectory();
    }

    @Override
    public DiskLock lock(String file) {
        return disk.lock(file);
    }

    @Override
    public DiskLock lockToLook(String file) {
        return disk.lockToLook(file);
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

package io.entitydb.storage.io;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that keeps a journal of what is done to it, in order and in words: {@code write a 0+8} (8
 * bytes at 0), {@code force a}, {@code create a}, {@code delete a}, {@code rename a b}, {@code
 * force directory}. What changes nothing is not in it. Used by one thread.
 */
public final class JournalingDisk extends ForwardingDisk {

    private final List<String> journal;

    /** Watches a disk. */
    public JournalingDisk(Disk disk) {
        this(disk, new ArrayList<>());
    }

    private JournalingDisk(Disk disk, List<String> journal) {
        super(disk, file -> new Journaled(file, journal));
        this.journal = journal;
    }

    /** What was done so far. */
    public List<String> journal() {
        return List.copyOf(journal);
    }

    @Override
    public DiskFile open(String file, Access access) {
        if (access == Access.CREATE) {
            journal.add("create " + file);
        }
        return super.open(file, access);
    }

    @Override
    public void createDirectory() {
        journal.add("create directory");
        super.createDirectory();
    }

    @Override
    public void rename(String from, String to) {
        journal.add("rename " + from + " " + to);
        super.rename(from, to);
    }

    @Override
    public void delete(String file) {
        journal.add("delete " + file);
        super.delete(file);
    }

    @Override
    public void forceDirectory() {
        journal.add("force directory");
        super.forceDirectory();
    }

    private static final class Journaled extends ForwardingFile {

        private final List<String> journal;

        private Journaled(DiskFile file, List<String> journal) {
            super(file);
            this.journal = journal;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            journal.add("write " + name() + " " + position + "+" + source.remaining());
            super.write(source, position);
        }

        @Override
        public void force() {
            journal.add("force " + name());
            super.force();
        }
    }
}

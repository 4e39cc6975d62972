package io.entitydb.storage.io;

import java.util.List;

/**
 * One data directory, its clock and its lock: all that the engine knows of the operating system.
 *
 * <p>Names are plain file names within the directory; anything else is an {@link
 * IllegalArgumentException}. All methods throw {@link io.entitydb.storage.error.StorageIoException}
 * when the system refuses, unless they say otherwise. Thread-safe.
 */
public interface Disk {

    /** What may be done with an opened file. */
    enum Access {
        /** Reading only; the file must exist. */
        READ,
        /** Reading and writing; the file must exist. */
        WRITE,
        /** Reading and writing; the file must not exist and is made. */
        CREATE
    }

    /** How messages name the directory. */
    String name();

    /**
     * Names of the files in the directory, sorted, without those of directories; empty if the
     * directory does not exist.
     */
    List<String> list();

    /** Whether the directory takes writes; says nothing of the space that is left. */
    boolean isWritable();

    /** Makes the directory and its parents, if it is missing. */
    void createDirectory();

    /**
     * Opens a file.
     *
     * @throws io.entitydb.storage.error.StorageIoException if a file to make exists, or another one
     *     does not
     * @throws io.entitydb.storage.error.StorageFullException if the device is full
     */
    DiskFile open(String file, Access access);

    /**
     * Gives a file another name, replacing what had it, in one step. It survives power loss only
     * after {@link #forceDirectory}; its content only as far as it was forced.
     */
    void rename(String from, String to);

    /** Removes a file, if it exists. */
    void delete(String file);

    /** When this returns, creations, renames and removals so far survive power loss. */
    void forceDirectory();

    /**
     * Takes the directory's exclusive lock.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if it is held, in this process or
     *     another
     */
    DiskLock lock(String file);

    /**
     * Takes the directory's lock together with others who only look, and writes nothing. Where the
     * lock file is missing, nobody holds the lock: none is made, and closing the answer does
     * nothing.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if it is held by {@link #lock}, or
     *     in this process in whatever way
     */
    DiskLock lockToLook(String file);

    /** Bytes that may still be claimed in the directory. */
    long usableBytes();

    /** Nanoseconds since 1970-01-01T00:00Z; may step back. */
    long now();
}

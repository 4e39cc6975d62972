package io.entitydb.storage.io;

/** A held lock; closing it lets it go. */
@FunctionalInterface
public interface DiskLock extends AutoCloseable {

    @Override
    void close();
}

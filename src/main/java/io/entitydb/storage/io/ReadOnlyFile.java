package io.entitydb.storage.io;

import java.nio.ByteBuffer;

/** What is read as a file, and never written. */
public interface ReadOnlyFile extends DiskFile {

    /** Is never called. */
    @Override
    default void write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException(name() + " is only read");
    }

    /** Is never called. */
    @Override
    default void force() {
        throw new UnsupportedOperationException(name() + " is only read");
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;

/**
 * The log of a store from its first frame up to a border that is durable, while the store goes on
 * behind it. Frames of it never change, but for records that are being erased.
 *
 * @param file the data file, by a handle of its own: it stays readable when another file takes its
 *     place
 * @param header what the header says at the border
 * @param barrier returns when no record is half overwritten that was when it was called
 */
public record LogPrefix(DiskFile file, Header header, Runnable barrier) implements AutoCloseable {

    @Override
    public void close() {
        file.close();
    }
}

package io.entitydb.storage.header;

/** Where {@link HeaderSync} publishes a header: its slot in the file. */
@FunctionalInterface
public interface HeaderSink {

    /**
     * Writes the header to its slot and forces it. When this returns, it survives power loss.
     *
     * @throws io.entitydb.storage.error.StorageException if the write or the force failed; the
     *     header may have reached the slot wholly, in part or not at all
     */
    void publish(Header next);
}

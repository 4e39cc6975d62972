package io.entitydb.storage.error;

/** The operating system refused a read, a write or a force. */
public final class StorageIoException extends StorageException {

    private static final long serialVersionUID = 1L;

    /**
     * A refused call.
     *
     * @param call what was asked, for example {@code force entities.edb}
     * @param cause what the system said
     */
    public StorageIoException(String call, Throwable cause) {
        super("storage-io", call + " failed: " + cause.getMessage(), cause);
    }
}

package io.entitydb.storage.error;

/** Another process or another engine of this process has the store open. */
public final class StorageLockedException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String owner;

    /**
     * What was found.
     *
     * @param directory the data directory
     * @param owner who holds the lock
     */
    public StorageLockedException(String directory, String owner) {
        super("storage-locked", "data directory " + directory + " is in use by " + owner);
        this.directory = directory;
        this.owner = owner;
    }

    /** The data directory. */
    public String directory() {
        return directory;
    }

    /** Who holds the lock. */
    public String owner() {
        return owner;
    }
}

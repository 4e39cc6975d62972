package io.entitydb.storage.error;

/** Bytes that do not verify. They are never returned as data. */
public final class CorruptDataException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long position;
    private final String reason;

    /**
     * What was found.
     *
     * @param file name of the file
     * @param position where the damaged structure begins, in bytes
     * @param reason which rule failed, with expected and actual value
     */
    public CorruptDataException(String file, long position, String reason) {
        super("corrupt-data", file + " at " + position + ": " + reason);
        this.file = file;
        this.position = position;
        this.reason = reason;
    }

    /** Name of the file. */
    public String file() {
        return file;
    }

    /** Where the damaged structure begins, in bytes. */
    public long position() {
        return position;
    }

    /** Which rule failed, with expected and actual value. */
    public String reason() {
        return reason;
    }
}

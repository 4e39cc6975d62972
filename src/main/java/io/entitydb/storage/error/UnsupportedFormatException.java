package io.entitydb.storage.error;

/** A file that is no store of a version that this program reads. It is left as it is. */
public final class UnsupportedFormatException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String found;
    private final String supported;

    /**
     * What was found.
     *
     * @param file name of the file
     * @param found what was found
     * @param supported what can be read
     */
    public UnsupportedFormatException(String file, String found, String supported) {
        super("unsupported-format", file + ": found " + found + ", supported is " + supported);
        this.file = file;
        this.found = found;
        this.supported = supported;
    }

    /** Name of the file. */
    public String file() {
        return file;
    }

    /** What was found. */
    public String found() {
        return found;
    }

    /** What can be read. */
    public String supported() {
        return supported;
    }
}

package io.entitydb.storage.io;

/** The rule for names of files within the data directory. */
final class FileName {

    private FileName() {}

    /**
     * Answers the name, if it can mean nothing but a file of the directory itself.
     *
     * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}, or has a separator
     *     or a zero character
     */
    static String plain(String name) {
        boolean hasSeparator =
                name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0;
        if (hasSeparator || name.isEmpty() || ".".equals(name) || "..".equals(name)) {
            throw new IllegalArgumentException("not a plain file name: '" + name + "'");
        }
        return name;
    }
}

package io.entitydb.storage.io;

import java.util.Map;

/** A change of the directory that no force has covered. */
sealed interface DirectoryChange {

    /** Makes the change, which must be possible. */
    void applyTo(Map<String, StoredFile> files);

    /** A file was made. */
    record Created(String name, StoredFile file) implements DirectoryChange {

        @Override
        public void applyTo(Map<String, StoredFile> files) {
            files.put(name, file);
        }
    }

    /** A file got another name. */
    record Renamed(String from, String to) implements DirectoryChange {

        @Override
        public void applyTo(Map<String, StoredFile> files) {
            var file = files.remove(from);
            if (file == null) {
                throw new IllegalStateException("rename of a missing file: " + from);
            }
            files.put(to, file);
        }
    }

    /** A file was removed. */
    record Deleted(String name) implements DirectoryChange {

        @Override
        public void applyTo(Map<String, StoredFile> files) {
            files.remove(name);
        }
    }
}

package io.entitydb.storage.index;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.UnsupportedFormatException;

import java.util.UUID;

/** What came of loading an image: the whole index, or the reason why it must be rebuilt. */
public sealed interface ImageResult {

    /**
     * The index as the image holds it; the log is yet to be replayed over it.
     *
     * @param index the caller's own
     * @param header what the image says of itself
     */
    record Loaded(EntityIndex index, ImageHeader header) implements ImageResult {}

    /** There is no index; nothing of the image is used. */
    sealed interface Refused extends ImageResult {

        /** What is wrong with the image, for the recovery report. */
        String reason();
    }

    /** There is no image. */
    record Missing() implements Refused {

        @Override
        public String reason() {
            return ImageWriter.FILE + ": missing";
        }
    }

    /**
     * The image belongs to another file.
     *
     * @param found the file that it names
     */
    record Foreign(UUID found) implements Refused {

        @Override
        public String reason() {
            return ImageWriter.FILE + ": made for file " + found;
        }
    }

    /**
     * It is no image, or one of another version.
     *
     * @param error what was found
     */
    record Unsupported(UnsupportedFormatException error) implements Refused {

        @Override
        public String reason() {
            return String.valueOf(error.getMessage());
        }
    }

    /**
     * The image is damaged.
     *
     * @param error where, and which rule failed
     */
    record Damaged(CorruptDataException error) implements Refused {

        @Override
        public String reason() {
            return String.valueOf(error.getMessage());
        }
    }

    /**
     * The disk refused to read it.
     *
     * @param error what the system said
     */
    record Unreadable(StorageIoException error) implements Refused {

        @Override
        public String reason() {
            return String.valueOf(error.getMessage());
        }
    }
}

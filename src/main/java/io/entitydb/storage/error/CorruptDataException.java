package io.entitydb.storage.error;

import org.jspecify.annotations.Nullable;

/** Bytes that do not verify. They are never returned as data. */
public final class CorruptDataException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long position;
    private final String reason;
    private final transient @Nullable DamagedPlace place;
    private final transient @Nullable LostSequences lost;

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
        place = null;
        lost = null;
    }

    /** What was found, with all that is known of it. The message does not name the entity. */
    public CorruptDataException(DamagedPlace place) {
        super("corrupt-data", messageOf(place));
        file = place.file();
        position = place.position();
        reason = place.reason();
        this.place = place;
        lost = null;
    }

    /**
     * Transactions that cannot be read, and perhaps the answer with them.
     *
     * @param position where the gap begins
     */
    public CorruptDataException(String file, long position, LostSequences lost) {
        super("corrupt-data", file + " at " + position + ": lost are " + lost);
        this.file = file;
        this.position = position;
        this.reason = "lost are " + lost;
        place = null;
        this.lost = lost;
    }

    private static String messageOf(DamagedPlace place) {
        StringBuilder message =
                new StringBuilder(place.file())
                        .append(" at ")
                        .append(place.position())
                        .append(": ")
                        .append(place.reason());
        if (place.version() > 0) {
            message.append(", version ").append(place.version());
        }
        if (place.sequence() > 0) {
            message.append(", transaction ").append(place.sequence());
        }
        return message.toString();
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

    /** All that is known of the damaged place; null if that is no more than the above. */
    public @Nullable DamagedPlace place() {
        return place;
    }

    /** The transactions that cannot be read; null if a single place is damaged. */
    public @Nullable LostSequences lost() {
        return lost;
    }
}

package io.entitydb.storage;

/**
 * The life of a store: {@code CLOSED → OPENING → RECOVERING → READY ⇄ READ_ONLY → CLOSING →
 * CLOSED}, and from any of them {@code FAILED}.
 */
public sealed interface StoreState {

    /** Why a store takes no writes. */
    enum Reason {
        /** An operator asked for it, or the directory is read-only. */
        MAINTENANCE,
        /** No space is left; writing resumes by itself. */
        NO_SPACE,
        /** A write or force failed; nothing more is acknowledged until the store is reopened. */
        FORCE_FAILED,
        /** Damage was found whose extent is unknown. */
        CORRUPTION;

        /** Name in kebab-case. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Not open. */
    record Closed() implements StoreState {}

    /** The lock is taken and the header is read. */
    record Opening() implements StoreState {}

    /**
     * The log is replayed.
     *
     * @param doneBytes how much of it is done
     * @param totalBytes how much there is to do
     */
    record Recovering(long doneBytes, long totalBytes) implements StoreState {}

    /** Reads and writes are served. */
    record Ready() implements StoreState {}

    /** Reads are served, writes are refused. */
    record ReadOnly(Reason reason, String detail) implements StoreState {}

    /** The last batch is finished and the file is closed. */
    record Closing() implements StoreState {}

    /**
     * The store cannot be opened.
     *
     * @param detail what was found
     */
    record Failed(String detail) implements StoreState {}

    /** Name in lower case with underscores, for metrics and documents. */
    default String label() {
        return switch (this) {
            case Closed c -> "closed";
            case Opening o -> "opening";
            case Recovering r -> "recovering";
            case Ready r -> "ready";
            case ReadOnly r -> "read_only";
            case Closing c -> "closing";
            case Failed f -> "failed";
        };
    }

    /** Whether reads are served. */
    default boolean isReadable() {
        return this instanceof Ready || this instanceof ReadOnly;
    }
}

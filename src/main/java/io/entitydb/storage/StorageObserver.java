package io.entitydb.storage;

/**
 * Where the engine counts what it does. Called on its own threads and on those of its callers, on
 * hot paths: implementations count and return.
 */
public interface StorageObserver {

    /** Counts nothing. */
    StorageObserver NONE = new StorageObserver() {};

    /** Frames were appended to the log. */
    default void appended(long bytes) {}

    /** Space was claimed for the log. */
    default void extended(long bytes) {}

    /** The log was forced. */
    default void forced(boolean isDone, long nanos) {}

    /** A batch was made durable. */
    default void batchCommitted(int transactions) {}

    /** A commit was answered. */
    default void commitAnswered(CommitResult result, long nanos) {}

    /** A version of an entity was looked for; a page of history only tells of damage. */
    default void read(ReadResult result) {}

    /** The clock stepped back. */
    default void clockRegressed(long nanos) {}

    /** Damaged bytes were met. */
    default void corruptionFound(String section, long position) {}

    /** A checkpoint ended. */
    default void checkpointed(boolean isDone, long nanos) {}

    /** A store was opened. */
    default void recovered(RecoveryReport report) {}

    /**
     * A store whose write or force had failed was opened again.
     *
     * @param isDone whether it takes writes again, or never will for another reason
     * @param attempt number of the attempt since the store was last well
     */
    default void reopened(boolean isDone, int attempt) {}

    /** How a read ended. */
    enum ReadResult {
        /** There was something. */
        FOUND,
        /** There was nothing. */
        MISSING,
        /** It met damaged bytes. */
        DAMAGED
    }

    /** How a commit ended. */
    enum CommitResult {
        /** Durable and visible. */
        COMMITTED,
        /** Refused: another transaction was first. */
        CONFLICT,
        /** Refused: no space, read-only, queue full or closed. */
        REFUSED,
        /** Not known. */
        UNKNOWN
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.temporal.Timestamp;

/** Up to where history is restored. */
public sealed interface RestorePoint {

    /** All that there is. */
    record Newest() implements RestorePoint {

        @Override
        public String toString() {
            return "the newest transaction";
        }
    }

    /** Up to a transaction, that one included. */
    record Transaction(long sequence) implements RestorePoint {

        @Override
        public String toString() {
            return "transaction " + sequence;
        }
    }

    /** Up to the last transaction whose commit time is not after an instant. */
    record Instant(Timestamp at) implements RestorePoint {

        @Override
        public String toString() {
            return at.toString();
        }
    }

    /** Whether a history that ends as a header says reaches that far. */
    default boolean isReachedBy(Header end) {
        return switch (this) {
            case Newest _ -> true;
            case Transaction(long sequence) -> sequence <= end.walSequence();
            case Instant(Timestamp at) -> at.epochNanos() <= end.lastModified();
        };
    }

    /** Whether a frame that moves the sequence lies behind it. */
    default boolean isBefore(FrameHeader next) {
        return switch (this) {
            case Newest _ -> false;
            case Transaction(long sequence) -> next.sequence() > sequence;
            case Instant(Timestamp at) -> next.commitTime() > at.epochNanos();
        };
    }

    /**
     * Requires that a history can be restored up to here.
     *
     * @param reached where it was cut off
     * @throws BackupException if there is no such state
     */
    default void require(FrameChain reached) {
        if (this instanceof Transaction(long sequence)
                && (sequence < 1 || reached.sequence() != sequence)) {
            throw new BackupException(
                    BackupException.Kind.RESTORE_REFUSED,
                    sequence < 1
                            ? "transactions count from 1"
                            : "a repair gave up transaction " + sequence);
        }
        if (this instanceof Instant && reached.sequence() == 0) {
            throw new BackupException(
                    BackupException.Kind.RESTORE_REFUSED,
                    this + " is before the first transaction of the store");
        }
    }
}

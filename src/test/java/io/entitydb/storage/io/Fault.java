package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;

import java.io.IOException;

/**
 * A planned failure.
 *
 * @param call the kind of call that fails
 * @param nth which one, counted from the moment the fault is planned; 1 is the next
 * @param isSticky whether all later ones fail too
 * @param effect how it fails
 */
public record Fault(DiskCall call, long nth, boolean isSticky, Effect effect) {

    /** How a call fails. */
    public enum Effect {
        /** The system refuses; nothing has happened. A failed force keeps its pages dirty. */
        IO_ERROR,
        /** No space; nothing has happened. */
        NO_SPACE,
        /** A write of which the first half is done, then no space. */
        HALF_THEN_NO_SPACE,
        /** A write of which the first half is done, then an I/O error. */
        HALF_THEN_IO_ERROR,
        /**
         * A force that fails and gives up its pages: reads still see them, a later force succeeds
         * without them.
         */
        PAGES_DROPPED,
        /** As {@link #PAGES_DROPPED}, but some of the writes, drawn from the seed, are durable. */
        PAGES_PARTLY_DROPPED,
        /** A force that reports success and makes nothing durable: a disk that lies. */
        FORCE_IGNORED
    }

    public Fault {
        if (nth < 1) {
            throw new IllegalArgumentException("nth: " + nth);
        }
        boolean isPossible =
                switch (effect) {
                    case IO_ERROR, NO_SPACE -> true;
                    case HALF_THEN_NO_SPACE, HALF_THEN_IO_ERROR -> call == DiskCall.WRITE;
                    case PAGES_DROPPED, PAGES_PARTLY_DROPPED -> call == DiskCall.FORCE;
                    case FORCE_IGNORED ->
                            call == DiskCall.FORCE || call == DiskCall.FORCE_DIRECTORY;
                };
        if (!isPossible) {
            throw new IllegalArgumentException(effect + " at " + call);
        }
    }

    /** The next call of the kind fails, once. */
    public static Fault of(DiskCall call, Effect effect) {
        return new Fault(call, 1, false, effect);
    }

    /** The same at the n-th call. */
    public Fault at(long number) {
        return new Fault(call, number, isSticky, effect);
    }

    /** The same, and all later calls of the kind fail too. */
    public Fault sticky() {
        return new Fault(call, nth, true, effect);
    }

    /** What the caller of a failed call gets. */
    static StorageException failure(Effect effect, String what, long wanted, long available) {
        return switch (effect) {
            case NO_SPACE, HALF_THEN_NO_SPACE -> new StorageFullException(wanted, available);
            case IO_ERROR, HALF_THEN_IO_ERROR, PAGES_DROPPED, PAGES_PARTLY_DROPPED, FORCE_IGNORED ->
                    new StorageIoException(what, new IOException("simulated " + effect));
        };
    }
}

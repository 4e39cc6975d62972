package io.entitydb.storage.log;

import io.entitydb.entity.ChangeKind;

import org.jspecify.annotations.Nullable;

/** Codes of {@link RecordLayout#KIND}. They are part of the format. */
final class RecordKind {

    static final byte PUT = 1;
    static final byte DELETE = 2;
    static final byte RESTORE = 3;

    /** A record whose facts were destroyed; length and digest stay. */
    static final byte ERASED = 4;

    /** A record of which a compaction kept the digest only. */
    static final byte STUB = 5;

    static final byte DICTIONARY = 16;
    static final byte CHUNK = 17;

    /** Transactions that were given up when a store was repaired. */
    static final byte LOSS = 18;

    /** What an erasure destroys. */
    static final byte ERASE_MARK = 19;

    private RecordKind() {}

    static byte of(ChangeKind kind) {
        return switch (kind) {
            case PUT -> PUT;
            case DELETE -> DELETE;
            case RESTORE -> RESTORE;
            case ERASED -> ERASED;
        };
    }

    /** Whether a record of this code may be in a log. */
    static boolean isKnown(byte code) {
        return (code >= PUT && code <= STUB) || (code >= DICTIONARY && code <= ERASE_MARK);
    }

    /** The change of a code; null if the record is no version. */
    static @Nullable ChangeKind changeOf(byte code) {
        return switch (code) {
            case PUT -> ChangeKind.PUT;
            case DELETE -> ChangeKind.DELETE;
            case RESTORE -> ChangeKind.RESTORE;
            case ERASED -> ChangeKind.ERASED;
            default -> null;
        };
    }
}

package io.entitydb.storage.log;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/** What a frame holds. Codes are part of the format. */
@RequiredArgsConstructor
public enum FrameType {
    /** The versions of one transaction. */
    TRANSACTION(1),
    /** A full copy of the dictionary. */
    DICTIONARY(2),
    /** A piece of a large content. */
    CHUNK(3),
    /** Says what an erasure destroys. */
    ERASE_MARK(4),
    /** Stands for transactions that a repair gave up. */
    LOSS(5);

    private final int code;

    int code() {
        return code;
    }

    /** The type of a code; null if there is none. */
    static @Nullable FrameType of(int code) {
        return switch (code) {
            case 1 -> TRANSACTION;
            case 2 -> DICTIONARY;
            case 3 -> CHUNK;
            case 4 -> ERASE_MARK;
            case 5 -> LOSS;
            default -> null;
        };
    }
}

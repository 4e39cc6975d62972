package io.entitydb.storage.header;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.UnsupportedFormatException;

/** What one of the two slots holds: a header, or the reason why not. */
public sealed interface HeaderSlot {

    /**
     * A slot that verifies.
     *
     * @param header what it holds
     */
    record Valid(Header header) implements HeaderSlot {}

    /**
     * A slot that no store of this version wrote: foreign, newer, or not there.
     *
     * @param reason what was found instead
     */
    record Foreign(UnsupportedFormatException reason) implements HeaderSlot {}

    /**
     * A slot of this version that does not verify: torn or damaged.
     *
     * @param reason which rule failed
     */
    record Damaged(CorruptDataException reason) implements HeaderSlot {}

    /** Whether it verifies. */
    default boolean isValid() {
        return this instanceof Valid;
    }

    /** How messages tell what the slot holds. */
    default String describe() {
        return switch (this) {
            case Valid(Header header) -> "generation " + header.generation();
            case Foreign(UnsupportedFormatException reason) -> "found " + reason.found();
            case Damaged(CorruptDataException reason) -> reason.reason();
        };
    }
}

package io.entitydb.storage.log;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Where the content of a version that is about to be written comes from. */
public sealed interface DraftContent {

    /** There are no bytes. */
    record Empty() implements DraftContent {}

    /** Bytes that go into the record itself; nobody changes them. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would double the memory.
    record Inline(byte[] bytes) implements DraftContent {}

    /** The same bytes as an earlier record of the entity. */
    record Earlier(long position) implements DraftContent {}

    /** Bytes that go into chunk frames ahead of the transaction; owned by the draft. */
    record Chunks(List<byte[]> pieces) implements DraftContent {
        /** Copies the list. */
        public Chunks {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * Bytes that stand in chunk frames already.
     *
     * @param positions of their records, which grow
     * @param isThere whether they may still be referred to; asked by the writer's thread
     */
    record Uploaded(List<Long> positions, BooleanSupplier isThere) implements DraftContent {
        /** Copies the list. */
        public Uploaded {
            positions = List.copyOf(positions);
        }
    }
}

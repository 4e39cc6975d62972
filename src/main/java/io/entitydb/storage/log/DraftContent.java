package io.entitydb.storage.log;

import java.util.List;

/** Where the content of a version that is about to be written comes from. */
public sealed interface DraftContent {

    /** There are no bytes. */
    record Empty() implements DraftContent {}

    /** Bytes that go into the record itself; owned by the draft. */
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
}

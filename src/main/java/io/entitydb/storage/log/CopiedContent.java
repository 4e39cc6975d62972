package io.entitydb.storage.log;

import java.util.List;

/** Where the content of a version stands once the version is copied into another file. */
public sealed interface CopiedContent {

    /** As before: there is none, or it ends the record. */
    record Same() implements CopiedContent {}

    /** Bytes that end the record; owned by the copy. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Inline(byte[] bytes) implements CopiedContent {}

    /** The content of an earlier record of the entity, in the other file. */
    record Earlier(long position) implements CopiedContent {}

    /** Chunk records in the other file. */
    record Chunks(List<Long> positions) implements CopiedContent {
        /** Copies the list. */
        public Chunks {
            positions = List.copyOf(positions);
        }
    }
}

package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

/** Reads the record of one piece of a content. See FORMAT.md, "Chunk record". */
final class ChunkCodec {

    /** Most bytes of a chunk frame beside the piece itself. */
    static final int MAX_OVERHEAD =
            FrameLayout.HEADER_BYTES
                    + FrameLayout.TRAILER_BYTES
                    + RecordLayout.PREFIX_BYTES
                    + Integer.BYTES
                    + 70
                    + EntityKey.MAX_ID_BYTES
                    + 2
                    + FrameLayout.ALIGNMENT;

    private ChunkCodec() {}

    /** A piece within a record. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Piece(byte[] record, int from, int length) {

        /** No other piece is empty. */
        boolean isErased() {
            return length == 0;
        }
    }

    /**
     * The entity that a chunk belongs to.
     *
     * @param record its first bytes at least, up to the end of the names
     * @throws io.entitydb.storage.error.CorruptDataException if they do not decode
     * @throws io.entitydb.entity.InvalidEntityException if they are no names
     */
    static EntityKey ownerOf(RawRecord record, TagDictionary dictionary) {
        RecordBody body = record.body(RecordLayout.PREFIX_BYTES + Integer.BYTES);
        return new EntityKey(body.readWord(dictionary), body.readText(body.readByte()));
    }

    static Piece decode(RawRecord record, EntityKey owner, TagDictionary dictionary) {
        if (record.kind() != RecordKind.CHUNK) {
            throw record.corrupt("chunk expected, found record of kind " + record.kind());
        }
        RecordBody body = record.body(RecordLayout.PREFIX_BYTES);
        int length = body.readInt();
        String dataset = body.readWord(dictionary);
        String id = body.readText(body.readByte());
        if (!dataset.equals(owner.dataset()) || !id.equals(owner.id())) {
            throw record.corrupt("chunk of another entity");
        }
        int from = body.index();
        body.skip(length);
        return new Piece(record.bytes(), from, length);
    }
}

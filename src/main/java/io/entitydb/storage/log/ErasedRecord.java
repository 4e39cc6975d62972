package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A record of the log in the form that an erasure gives it.
 *
 * @param position where it begins in the file
 * @param bytes the erased form; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ErasedRecord(long position, byte[] bytes) {

    /**
     * A chunk of an entity.
     *
     * @param position where its record begins
     * @return null if it is erased already
     * @throws io.entitydb.storage.error.CorruptDataException if no intact chunk of the entity
     *     stands there
     */
    static @Nullable ErasedRecord ofChunk(long position, EntityKey owner, Reader reader) {
        RawRecord raw = reader.readRecord(position);
        boolean isErased = ChunkCodec.decode(raw, owner, reader.dictionary()).isErased();
        return isErased ? null : new ErasedRecord(position, ErasedForm.of(raw, reader.checksum()));
    }

    /** What a mark says of it. */
    public EraseMark.Target target() {
        int crc = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(RecordLayout.CRC);
        return new EraseMark.Target(position, bytes.length, crc);
    }
}

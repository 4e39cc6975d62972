package io.entitydb.storage.log;

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

    /** What a mark says of it. */
    public EraseMark.Target target() {
        int crc = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(RecordLayout.CRC);
        return new EraseMark.Target(position, bytes.length, crc);
    }
}

package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads pieces that no version refers to yet. */
public final class UploadedContent {

    private UploadedContent() {}

    /**
     * The bytes of pieces, one after the other.
     *
     * @param positions of their records
     * @param length bytes of all of them
     */
    public static InputStream open(
            List<Long> positions, long length, EntityKey owner, Reader reader) {
        ByteBuffer list =
                ByteBuffer.allocate(positions.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        positions.forEach(list::putLong);
        RecordBody body = new RecordBody(reader.fileName(), positions.getFirst(), list.array(), 0);
        return new ChunkStream(positions.size(), length, body, owner, reader);
    }
}

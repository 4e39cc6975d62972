package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import java.io.InputStream;
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
        long[] list = positions.stream().mapToLong(Long::longValue).toArray();
        return new ChunkStream(list, length, list[0], owner, reader);
    }
}

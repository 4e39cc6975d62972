package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects what an erasure overwrites besides the versions of an entity and their chunks: chunks
 * that no version refers to, because the upload that they belong to has not ended, or failed. Used
 * by one thread.
 */
@RequiredArgsConstructor
public final class LooseChunks {

    private static final int BATCH_RECORDS = 1024;

    private final ChunkSearch search;
    private final EntityKey key;

    /** Chunks of versions that stay. */
    private final Set<Long> kept;

    private final int batchBytes;
    private int done;

    /**
     * The next batch of those before a border; null if none is left.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if one of them is damaged
     */
    public EraseWalk.@Nullable Batch next(long border) {
        long hash = search.hashOf(key);
        search.passTo(border);
        List<ErasedRecord> records = new ArrayList<>();
        long bytes = 0;
        done = search.next(done, hash);
        while (done < search.size() && bytes < batchBytes && records.size() < BATCH_RECORDS) {
            ErasedRecord found = erased(search.position(done));
            if (found != null) {
                records.add(found);
                bytes += found.bytes().length;
            }
            done = search.next(done + 1, hash);
        }
        return records.isEmpty() ? null : new EraseWalk.Batch(records, 0, false);
    }

    private @Nullable ErasedRecord erased(long position) {
        Reader reader = search.reader();
        EntityKey owner = ChunkCodec.ownerOf(reader.readRecord(position), reader.dictionary());
        return kept.contains(position) || !owner.equals(key)
                ? null
                : ErasedRecord.ofChunk(position, key, reader);
    }
}

package io.entitydb.search;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.NRTCachingDirectory;

/**
 * Keeps segments in memory that are fresh from the buffer, until they are committed: beside commits
 * each query makes one. What comes of a merge is there for longer, and read from the mapped file:
 * for each query Lucene makes views of all blocks that a file in memory has.
 */
final class FlushedInMemory extends NRTCachingDirectory {

    /** Segments up to this size, in MiB, wait in memory until they are merged or committed. */
    private static final double CACHED_SEGMENT_MIB = 8;

    /** Most memory for such segments, in MiB. */
    private static final double CACHE_MIB = 32;

    FlushedInMemory(Directory disk) {
        super(disk, CACHED_SEGMENT_MIB, CACHE_MIB);
    }

    @Override
    protected boolean doCacheWrite(String name, IOContext context) {
        return context.mergeInfo() == null && super.doCacheWrite(name, context);
    }
}

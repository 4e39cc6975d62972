package io.entitydb.search;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.NumericUtils;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The index as it stood after at least a given transaction. Shared by the queries that acquired it;
 * the last to close it frees the files. Thread-safe.
 */
final class SearchView implements AutoCloseable {

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final long sequence;
    private final long newestFollowing;

    /** A view that takes over the reference to its reader. */
    SearchView(DirectoryReader reader, long sequence) throws IOException {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.sequence = sequence;
        // Which clauses repeat is not known, and a cache would fill up with passed snapshots.
        searcher.setQueryCache(null);
        byte[] newest = PointValues.getMaxPackedValue(reader, Documents.VALIDITY);
        this.newestFollowing =
                newest == null ? 0 : NumericUtils.sortableBytesToLong(newest, Long.BYTES);
    }

    /** Whether everything up to a transaction can be found. */
    boolean covers(long wanted) {
        return sequence >= wanted;
    }

    /** Last transaction of which all can be found. */
    long sequence() {
        return sequence;
    }

    /** Last transaction that pushed a version into the past; 0 if none did. */
    long newestFollowing() {
        return newestFollowing;
    }

    DirectoryReader reader() {
        return reader;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    /** Takes part in the view, unless it is gone; who gets true must close it. */
    boolean acquire() {
        return reader.tryIncRef();
    }

    @Override
    public void close() {
        try {
            reader.decRef();
        } catch (IOException e) {
            throw new UncheckedIOException("search files cannot be closed", e);
        }
    }
}

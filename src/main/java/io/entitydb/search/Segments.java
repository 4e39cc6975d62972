package io.entitydb.search;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.util.List;

/** In what segments documents are kept: how sorted, and when written and merged. */
final class Segments {

    /** Memory for documents not yet in a segment, in MiB; more would only make restarts longer. */
    private static final double BUFFER_MIB = 32;

    private Segments() {}

    /** Writes segments as queries want them. */
    static IndexWriter writer(Directory directory, OpenMode mode) throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig(Words.ANALYZER)
                        .setOpenMode(mode)
                        .setRAMBufferSizeMB(BUFFER_MIB)
                        // Lists by id stop after a page. Every other order meets the documents in
                        // none, so that few displace those before them and Lucene can pass over
                        // most; in the order of the log each would, where the newest come first.
                        .setIndexSort(SortOrder.of(List.of()).sort())
                        // A query waits for the refresh, so no merge may hold it up.
                        .setMaxFullFlushMergeWaitMillis(0)
                        .setMergePolicy(new IdleMergePolicy(new ErasingMergePolicy()))
                        .setMergeScheduler(new Merges())
                        .setCommitOnClose(false);
        return new IndexWriter(directory, config);
    }
}

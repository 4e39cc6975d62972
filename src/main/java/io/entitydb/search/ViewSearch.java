package io.entitydb.search;

import io.entitydb.query.EntityQuery;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One query at one snapshot over one view.
 *
 * <p>The present and the past are searched one after the other and merged, because Lucene passes
 * over what cannot enter a page only within a plain conjunction. The past is left out when nothing
 * in it was followed after the snapshot, which is the rule for first pages.
 */
final class ViewSearch {

    private final IndexSearcher searcher;
    private final SortOrder order;
    private final List<Query> queries = new ArrayList<>();

    ViewSearch(SearchView view, EntityQuery query, SortOrder order, long snapshot) {
        this.searcher = view.searcher();
        this.order = order;
        queries.add(QueryTranslator.current(query, snapshot));
        if (view.newestFollowing() > snapshot) {
            queries.add(QueryTranslator.past(query, snapshot));
        }
    }

    /**
     * The first hits in order.
     *
     * @param count most of them
     * @param after the place behind which they begin; null for the beginning
     */
    List<Hit> first(int count, SortOrder.@Nullable Place after) throws IOException {
        Sort sort = order.sort();
        FieldDoc behind = after == null ? null : order.behind(after);
        List<TopFieldDocs> found = new ArrayList<>();
        for (Query query : queries) {
            found.add(
                    searcher.search(
                            query, new TopFieldCollectorManager(sort, count, behind, count)));
        }
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc hit :
                TopDocs.merge(sort, count, found.toArray(TopFieldDocs[]::new)).scoreDocs) {
            hits.add(new Hit(order.place((FieldDoc) hit), version(hit.doc)));
        }
        return hits;
    }

    private long version(int document) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        NumericDocValues versions = DocValues.getNumeric(leaf.reader(), Documents.VERSION);
        if (!versions.advanceExact(document - leaf.docBase)) {
            throw new IOException("document " + document + " has no version");
        }
        return versions.longValue();
    }

    /** The number of all hits. */
    long count() throws IOException {
        long count = 0;
        for (Query query : queries) {
            count += searcher.count(query);
        }
        return count;
    }
}

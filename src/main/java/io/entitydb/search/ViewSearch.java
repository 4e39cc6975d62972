package io.entitydb.search;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One question to one view.
 *
 * <p>The present and the past are searched one after the other and merged, because Lucene passes
 * over what cannot enter a page only within a plain conjunction.
 */
final class ViewSearch {

    private final IndexSearcher searcher;
    private final SortOrder order;
    private final Collection<Query> queries;

    /**
     * A question.
     *
     * @param queries a query for each layer; no document answers two of them
     */
    ViewSearch(SearchView view, Map<Layer, Query> queries, SortOrder order) {
        this.searcher = view.searcher();
        this.order = order;
        this.queries = queries.values();
    }

    /**
     * The first hits in order.
     *
     * @param count most of them
     * @param after the place behind which they begin; null for the beginning
     */
    List<Hit> first(int count, SortOrder.@Nullable Place after) throws IOException {
        List<Query> asked =
                after == null
                        ? List.copyOf(queries)
                        : queries.stream().map(query -> order.onlyBehind(query, after)).toList();
        if (order.isOfSegments()) {
            return IdOrder.first(searcher, asked, count);
        }
        Sort sort = order.sort();
        FieldDoc behind = after == null ? null : order.behind(after);
        List<TopFieldDocs> found = new ArrayList<>();
        for (Query query : asked) {
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

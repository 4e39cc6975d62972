package io.entitydb.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The tags of an answer, in the order of their bytes, each with the number of its entities.
 *
 * <p>The lists of documents that the index keeps for each tag are compared with the set of
 * documents of the answer. That needs a bit for each document and nothing else in the index; it
 * costs a look at all documents of the tags that are passed.
 */
final class TagTerms {

    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Source> ahead =
            new PriorityQueue<>(Comparator.comparing((Source source) -> source.term));
    private final List<Source> at = new ArrayList<>();

    /** One segment and layer: its tags, and its part of the answer. */
    private static final class Source {

        private final TermsEnum terms;
        private final FixedBitSet hits;

        /** Hits that carry one of the tags that were passed since the last reset. */
        private final FixedBitSet passed;

        private @Nullable PostingsEnum postings;
        private BytesRef term = new BytesRef();

        private Source(TermsEnum terms, FixedBitSet hits) {
            this.terms = terms;
            this.hits = hits;
            this.passed = new FixedBitSet(hits.length());
        }

        private boolean seek(BytesRef from) throws IOException {
            if (terms.seekCeil(from) == TermsEnum.SeekStatus.END) {
                return false;
            }
            term = terms.term();
            return true;
        }

        private boolean next() throws IOException {
            BytesRef next = terms.next();
            if (next == null) {
                return false;
            }
            term = next;
            return true;
        }

        private int count() throws IOException {
            postings = terms.postings(postings, PostingsEnum.NONE);
            int count = 0;
            for (int document = postings.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = postings.nextDoc()) {
                if (hits.get(document)) {
                    count++;
                    passed.set(document);
                }
            }
            return count;
        }
    }

    /**
     * The tags of an answer.
     *
     * @param queries a query for each layer
     */
    TagTerms(IndexSearcher searcher, Map<Layer, Query> queries) throws IOException {
        for (Map.Entry<Layer, Query> query : queries.entrySet()) {
            String field = query.getKey().tags();
            Weight weight =
                    searcher.createWeight(
                            searcher.rewrite(query.getValue()), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                Terms terms = leaf.reader().terms(field);
                FixedBitSet hits = terms == null ? null : hits(weight, leaf);
                if (hits != null) {
                    sources.add(new Source(terms.iterator(), hits));
                }
            }
        }
    }

    /** The hits in a segment; null if there are none. */
    private static @Nullable FixedBitSet hits(Weight weight, LeafReaderContext leaf)
            throws IOException {
        BulkScorer scorer = weight.bulkScorer(leaf);
        if (scorer == null) {
            return null;
        }
        FixedBitSet hits = new FixedBitSet(leaf.reader().maxDoc());
        scorer.score(
                new LeafCollector() {
                    @Override
                    public void setScorer(Scorable scorable) {
                        // Nothing is ranked.
                    }

                    @Override
                    public void collect(int document) {
                        hits.set(document);
                    }
                },
                leaf.reader().getLiveDocs(),
                0,
                DocIdSetIterator.NO_MORE_DOCS);
        return hits.scanIsEmpty() ? null : hits;
    }

    /** Goes to the first tag at or behind a text; {@link #next} gives it. */
    void seek(BytesRef from) throws IOException {
        ahead.clear();
        at.clear();
        for (Source source : sources) {
            if (source.seek(from)) {
                ahead.add(source);
            }
        }
    }

    /** The next tag, also if no entity of the answer carries it; null behind the last. */
    @Nullable BytesRef next() throws IOException {
        for (Source source : at) {
            if (source.next()) {
                ahead.add(source);
            }
        }
        at.clear();
        Source first = ahead.poll();
        if (first == null) {
            return null;
        }
        at.add(first);
        while (!ahead.isEmpty() && ahead.peek().term.equals(first.term)) {
            at.add(ahead.poll());
        }
        return first.term;
    }

    /** Number of entities of the answer that carry the tag. */
    long count() throws IOException {
        long count = 0;
        for (Source source : at) {
            count += source.count();
        }
        return count;
    }

    /** Entities with any of the tags counted since the last call. */
    long takePassed() {
        long count = 0;
        for (Source source : sources) {
            count += source.passed.cardinality();
            source.passed.clear();
        }
        return count;
    }
}

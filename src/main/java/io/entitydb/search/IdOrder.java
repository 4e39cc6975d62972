package io.entitydb.search;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first hits in the order of ids. Each segment is sorted by id, so its matches come in order,
 * and merging them looks at no more of them than are shown. Lucene's own collector looks at a page
 * of each segment, and finds each id in a dictionary.
 */
final class IdOrder {

    private IdOrder() {}

    /** The first hits of all queries; no document answers two of them. */
    static List<Hit> first(IndexSearcher searcher, Collection<Query> queries, int count)
            throws IOException {
        PriorityQueue<Matches> heads = new PriorityQueue<>();
        for (Query query : queries) {
            Weight weight =
                    searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer != null) {
                    Matches matches = new Matches(leaf, scorer.iterator());
                    if (matches.next()) {
                        heads.add(matches);
                    }
                }
            }
        }
        List<Hit> hits = new ArrayList<>(Math.min(count, 64));
        while (hits.size() < count && !heads.isEmpty()) {
            Matches head = heads.poll();
            hits.add(head.hit());
            if (hits.size() < count && head.next()) {
                heads.add(head);
            }
        }
        return hits;
    }

    /** What is left of the matches of one segment; stands at the first of them. */
    private static final class Matches implements Comparable<Matches> {

        private final DocIdSetIterator matches;
        private final Bits living;
        private final BinaryDocValues ids;
        private final NumericDocValues versions;
        private BytesRef id = new BytesRef();

        private Matches(LeafReaderContext leaf, DocIdSetIterator matches) throws IOException {
            this.matches = matches;
            Bits living = leaf.reader().getLiveDocs();
            this.living = living == null ? new Bits.MatchAllBits(leaf.reader().maxDoc()) : living;
            ids = DocValues.getBinary(leaf.reader(), Documents.NAME);
            versions = DocValues.getNumeric(leaf.reader(), Documents.VERSION);
        }

        /** Goes to the next match; false if there is none. */
        private boolean next() throws IOException {
            int document = matches.nextDoc();
            while (document != DocIdSetIterator.NO_MORE_DOCS && !living.get(document)) {
                document = matches.nextDoc();
            }
            if (document == DocIdSetIterator.NO_MORE_DOCS) {
                return false;
            }
            if (!ids.advanceExact(document) || !versions.advanceExact(document)) {
                throw new IOException("document " + document + " has no id or no version");
            }
            id = ids.binaryValue();
            return true;
        }

        private Hit hit() throws IOException {
            return new Hit(new SortOrder.Place(List.of(), id.utf8ToString()), versions.longValue());
        }

        @Override
        public int compareTo(Matches other) {
            return id.compareTo(other.id);
        }
    }
}

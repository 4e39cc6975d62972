package io.entitydb.search;

import lombok.RequiredArgsConstructor;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The hashes of the documents of an index, put together from its terms, values and points.
 *
 * <p><b>Memory.</b> A window of documents at a time, {@value #WINDOW} of them with ten bytes each;
 * the terms are read once for each window.
 */
@RequiredArgsConstructor
final class IndexedDocuments {

    private static final int WINDOW = 1 << 22;

    private final DirectoryReader reader;
    private final BitSet named;

    /** Is given a document. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Takes one.
         *
         * @param part the part of its entity, see {@link DocumentSums}
         * @param hash as {@link FieldHash#of(org.apache.lucene.document.Document)} gives it
         * @param name what it is about; null unless the part was to be named
         */
        void document(int part, long hash, @Nullable Name name) throws IOException;
    }

    /**
     * What a document is about.
     *
     * @param key dataset and id, as {@link Documents#keyText} writes them
     * @param isCurrent whether it says that it is the newest version
     * @param version number of the version; −1 if it has none
     */
    record Name(String key, boolean isCurrent, long version) {}

    /** The documents of an index; those of some parts of the entities with their names. */
    static IndexedDocuments of(DirectoryReader reader, BitSet named) {
        return new IndexedDocuments(reader, named);
    }

    /** Gives each document that is not deleted. */
    void forEach(Visitor visitor) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            int end = leaf.reader().maxDoc();
            for (int from = 0; from < end; from += WINDOW) {
                new Window(leaf.reader(), from, Math.min(WINDOW, end - from)).read(visitor);
            }
        }
    }

    private final class Window {

        private final LeafReader leaf;
        private final int from;
        private final long[] sums;
        private final short[] parts;
        private final Map<Integer, Name> names = new HashMap<>();

        private Window(LeafReader leaf, int from, int length) {
            this.leaf = leaf;
            this.from = from;
            sums = new long[length];
            parts = new short[length];
        }

        private void read(Visitor visitor) throws IOException {
            for (FieldInfo field : leaf.getFieldInfos()) {
                if (field.getIndexOptions() != IndexOptions.NONE) {
                    terms(field.name);
                }
                values(field);
                if (field.getPointDimensionCount() > 0) {
                    points(field.name);
                }
            }
            Bits live = leaf.getLiveDocs();
            for (int i = 0; i < sums.length; i++) {
                if (live == null || live.get(from + i)) {
                    visitor.document(parts[i], FieldHash.document(sums[i]), names.get(i));
                }
            }
        }

        private void add(int document, long hash) {
            int i = document - from;
            if (i >= 0 && i < sums.length) {
                sums[i] += hash;
            }
        }

        private void terms(String field) throws IOException {
            Terms terms = leaf.terms(field);
            if (terms == null) {
                return;
            }
            boolean isCurrent = field.equals(Documents.KEY);
            boolean isKey = isCurrent || field.equals(Documents.PAST_KEY);
            TermsEnum all = terms.iterator();
            PostingsEnum documents = null;
            for (BytesRef term = all.next(); term != null; term = all.next()) {
                long hash = FieldHash.term(field, term);
                documents = all.postings(documents, PostingsEnum.NONE);
                for (int document = documents.advance(from);
                        document < from + sums.length;
                        document = documents.nextDoc()) {
                    add(document, hash);
                    if (isKey) {
                        key(document, term, isCurrent);
                    }
                }
            }
        }

        private void key(int document, BytesRef term, boolean isCurrent) throws IOException {
            int part = DocumentSums.partOf(term);
            parts[document - from] = (short) part;
            if (named.get(part)) {
                NumericDocValues versions = DocValues.getNumeric(leaf, Documents.VERSION);
                long version = versions.advanceExact(document) ? versions.longValue() : -1;
                names.put(document - from, new Name(term.utf8ToString(), isCurrent, version));
            }
        }

        private void values(FieldInfo field) throws IOException {
            switch (field.getDocValuesType()) {
                case NUMERIC -> {
                    NumericDocValues values = leaf.getNumericDocValues(field.name);
                    each(values, () -> FieldHash.value(field.name, values.longValue()));
                }
                case SORTED_NUMERIC -> {
                    SortedNumericDocValues values = leaf.getSortedNumericDocValues(field.name);
                    each(values, () -> sum(field.name, values));
                }
                case SORTED -> {
                    SortedDocValues values = leaf.getSortedDocValues(field.name);
                    each(
                            values,
                            () -> FieldHash.value(field.name, values.lookupOrd(values.ordValue())));
                }
                case SORTED_SET -> {
                    SortedSetDocValues values = leaf.getSortedSetDocValues(field.name);
                    each(values, () -> sum(field.name, values));
                }
                case BINARY -> {
                    BinaryDocValues values = leaf.getBinaryDocValues(field.name);
                    each(values, () -> FieldHash.value(field.name, values.binaryValue()));
                }
                case NONE -> {}
            }
        }

        private void each(@Nullable DocIdSetIterator values, Hash hash) throws IOException {
            if (values == null) {
                return;
            }
            for (int document = values.advance(from);
                    document < from + sums.length;
                    document = values.nextDoc()) {
                add(document, hash.get());
            }
        }

        private static long sum(String field, SortedNumericDocValues values) throws IOException {
            long sum = 0;
            for (int i = 0; i < values.docValueCount(); i++) {
                sum += FieldHash.value(field, values.nextValue());
            }
            return sum;
        }

        private static long sum(String field, SortedSetDocValues values) throws IOException {
            long sum = 0;
            for (int i = 0; i < values.docValueCount(); i++) {
                sum += FieldHash.value(field, values.lookupOrd(values.nextOrd()));
            }
            return sum;
        }

        private void points(String field) throws IOException {
            PointValues points = leaf.getPointValues(field);
            if (points == null) {
                return;
            }
            points.intersect(
                    new PointValues.IntersectVisitor() {

                        @Override
                        public void visit(int document) {
                            throw new IllegalStateException("a point without its value");
                        }

                        @Override
                        public void visit(int document, byte[] packed) {
                            add(document, FieldHash.point(field, new BytesRef(packed)));
                        }

                        @Override
                        public PointValues.Relation compare(byte[] least, byte[] most) {
                            return PointValues.Relation.CELL_CROSSES_QUERY;
                        }
                    });
        }
    }

    /** The hash of what a document has at present. */
    @FunctionalInterface
    private interface Hash {

        long get() throws IOException;
    }
}

package io.entitydb.search;

import io.entitydb.temporal.Timestamp;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PointValues.IntersectVisitor;
import org.apache.lucene.index.PointValues.PointTree;
import org.apache.lucene.index.PointValues.Relation;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.util.NumericUtils;

import java.io.IOException;

/**
 * Finds the last transaction at or before an instant, among those that left a version in the index.
 * A transaction that left none changed nothing that any query could find, so the answer stands for
 * the same state as the very last one would.
 *
 * <p>Goes down the tree of commit times from the latest on, so that it meets few of them. Documents
 * that were deleted count: what they tell of a transaction is true.
 */
final class CommitTimes {

    private final long most;
    private long latest = -1;
    private int document;

    private CommitTimes(Timestamp instant) {
        this.most = instant.epochNanos();
    }

    /** The transaction; 0 if there is none. */
    static long newestAtMost(DirectoryReader reader, Timestamp instant) throws IOException {
        CommitTimes times = new CommitTimes(instant);
        long sequence = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            if (times.improve(leaf.reader())) {
                sequence = sequenceOf(leaf.reader(), times.document);
            }
        }
        return sequence;
    }

    private static long sequenceOf(LeafReader leaf, int document) throws IOException {
        SortedNumericDocValues sequences = DocValues.getSortedNumeric(leaf, Documents.FROM);
        if (!sequences.advanceExact(document)) {
            throw new IOException("document " + document + " has no transaction");
        }
        return sequences.nextValue();
    }

    private boolean improve(LeafReader leaf) throws IOException {
        PointValues times = leaf.getPointValues(Documents.UPDATED);
        long before = latest;
        if (times != null) {
            descend(times.getPointTree());
        }
        return latest > before;
    }

    private void descend(PointTree tree) throws IOException {
        boolean isWithin =
                decode(tree.getMinPackedValue()) <= most
                        && decode(tree.getMaxPackedValue()) > latest;
        if (!isWithin) {
            return;
        }
        if (!tree.moveToChild()) {
            tree.visitDocValues(new Leaf());
            return;
        }
        PointTree earlier = tree.clone();
        if (tree.moveToSibling()) {
            descend(tree);
        }
        descend(earlier);
    }

    private static long decode(byte[] packed) {
        return NumericUtils.sortableBytesToLong(packed, 0);
    }

    private final class Leaf implements IntersectVisitor {

        @Override
        public void visit(int each) {
            throw new IllegalStateException("a commit time is wanted of each document");
        }

        @Override
        public void visit(int each, byte[] packed) {
            long time = decode(packed);
            if (time <= most && time > latest) {
                latest = time;
                document = each;
            }
        }

        @Override
        public Relation compare(byte[] least, byte[] greatest) {
            return Relation.CELL_CROSSES_QUERY;
        }
    }
}

package io.entitydb.search;

import org.apache.lucene.util.BytesRef;

import java.util.BitSet;

/**
 * A summary of a set of documents, by which what the log asks for and what an index holds are
 * compared without holding either in memory. A sum does not ask for an order, and what was added
 * can be taken away again; two sets are the same, but for a chance of 2<sup>-64</sup>, if their
 * sums are. Sums are kept for {@value #PARTS} parts of the entities, so that a difference leads to
 * few of them. Serves one thread.
 */
final class DocumentSums {

    static final int PART_BITS = 12;
    static final int PARTS = 1 << PART_BITS;

    private final long[] sums = new long[PARTS];
    private final BitSet hidden = new BitSet(PARTS);

    /** The part of an entity, by the text of its key. */
    static int partOf(BytesRef key) {
        return (int) (FieldHash.term(Documents.KEY, key) >>> (Long.SIZE - PART_BITS));
    }

    /**
     * Adds a document.
     *
     * @param hash its hash; negative to take it away again
     */
    void add(int part, long hash) {
        sums[part] += hash;
    }

    /** Of this part nothing can be said. */
    void hide(int part) {
        hidden.set(part);
    }

    int hiddenParts() {
        return hidden.cardinality();
    }

    /** Parts that differ, and of which something can be said. */
    BitSet differences(DocumentSums other) {
        BitSet parts = new BitSet(PARTS);
        for (int part = 0; part < PARTS; part++) {
            parts.set(part, sums[part] != other.sums[part]);
        }
        parts.andNot(hidden);
        parts.andNot(other.hidden);
        return parts;
    }
}

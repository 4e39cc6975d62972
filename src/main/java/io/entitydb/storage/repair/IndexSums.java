package io.entitydb.storage.repair;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A summary of an entity index, by which a log and an index are compared without holding either in
 * memory. Serves one thread.
 *
 * <h2>Theory</h2>
 *
 * <p>An index is a set of pairs (hash of a key, position of its newest version). Two sets are the
 * same, but for a chance of 2<sup>-64</sup>, if the sums of a scrambling function over their pairs
 * are. A sum does not ask for an order, and what was added can be taken away again: a version in
 * the log adds its own pair and takes away that of the version before, so that after any stretch of
 * the log the sum is that of the index at that point. Sums are kept for {@value #PARTS} parts of
 * the hashes, so that a difference leads to few keys.
 */
final class IndexSums {

    static final int PART_BITS = 12;
    static final int PARTS = 1 << PART_BITS;

    private static final long FIRST_FACTOR = 0xbf58476d1ce4e5b9L;
    private static final long SECOND_FACTOR = 0x94d049bb133111ebL;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long[] sums;

    /** Parts whose sum means nothing, because damage hides what should be in it. */
    private final BitSet unknown;

    IndexSums() {
        this(new long[PARTS], new BitSet(PARTS));
    }

    private IndexSums(long[] sums, BitSet unknown) {
        this.sums = sums;
        this.unknown = unknown;
    }

    /**
     * Sums that were kept elsewhere; takes over the array.
     *
     * @param hidden as {@link #hidden} gave it
     */
    static IndexSums of(long[] sums, byte[] hidden) {
        return new IndexSums(sums, BitSet.valueOf(hidden));
    }

    /** The sums as they are, to be kept elsewhere. */
    long[] values() {
        return sums.clone();
    }

    /** A bit for each part, set where nothing can be said of it. */
    byte[] hidden() {
        return Arrays.copyOf(unknown.toByteArray(), PARTS / Byte.SIZE);
    }

    IndexSums copy() {
        return new IndexSums(sums.clone(), (BitSet) unknown.clone());
    }

    /** The part to which a hash belongs. */
    static int partOf(long hash) {
        return (int) (hash >>> (Long.SIZE - PART_BITS));
    }

    void add(long hash, long position) {
        sums[partOf(hash)] += term(hash, position);
    }

    /** A key's newest version is another one; without a previous position, the key is new. */
    void move(long hash, long previousPosition, long position) {
        long before = previousPosition == 0 ? 0 : term(hash, previousPosition);
        sums[partOf(hash)] += term(hash, position) - before;
    }

    /** Of the part of this hash nothing can be said. */
    void hide(long hash) {
        unknown.set(partOf(hash));
    }

    boolean isKnown(int part) {
        return !unknown.get(part);
    }

    /** Parts about which something can be said and that differ. */
    BitSet differences(IndexSums other) {
        BitSet parts = new BitSet(PARTS);
        for (int part = 0; part < PARTS; part++) {
            parts.set(part, isKnown(part) && other.isKnown(part) && sums[part] != other.sums[part]);
        }
        return parts;
    }

    /** How many parts cannot be compared. */
    int hiddenParts() {
        return unknown.cardinality();
    }

    private static long term(long hash, long position) {
        return scrambled(hash ^ scrambled(position + STEP));
    }

    /** Each bit of the result depends on each bit of the value (Stafford's variant 13). */
    private static long scrambled(long value) {
        long mixed = (value ^ (value >>> 30)) * FIRST_FACTOR;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND_FACTOR;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public String toString() {
        return "IndexSums[" + Arrays.hashCode(sums) + "]";
    }
}

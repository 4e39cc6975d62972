package io.entitydb.storage.index;

/**
 * Tells whether the record at a position belongs to the key that is looked for.
 *
 * <p>The index keeps hashes only; two keys may share one, and the record decides.
 */
@FunctionalInterface
public interface PositionTest {

    /**
     * Compares the key of the record at this position.
     *
     * @param position a position that the index was given
     */
    boolean test(long position);
}

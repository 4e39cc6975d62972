package io.entitydb.storage.index;

/** Takes the entries of an index, one after the other. */
@FunctionalInterface
public interface EntryVisitor {

    /**
     * Takes one entry.
     *
     * @param hash the key's hash, never 0
     * @param position the key's newest version, as far as the visit saw it
     */
    void visit(long hash, long position);
}

package io.entitydb.search;

/** Gives views of the index to queries. */
interface ViewSource {

    /**
     * A view of everything up to a transaction; whoever asked closes it.
     *
     * @param origin the history to which the transaction belongs
     * @throws io.entitydb.query.SearchUnavailableException if there is none in time
     */
    SearchView at(IndexOrigin origin, long sequence);

    /**
     * Tells that the index gave what the engine does not confirm: it is built anew.
     *
     * @param cause what was found
     */
    void condemn(Exception cause);
}

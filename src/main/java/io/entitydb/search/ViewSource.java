package io.entitydb.search;

import java.util.UUID;

/** Gives views of the index to queries. */
interface ViewSource {

    /**
     * A view of everything up to a transaction; whoever asked closes it.
     *
     * @param origin the history to which the transaction belongs
     * @param file the data file that the index must follow
     * @throws io.entitydb.query.SearchUnavailableException if there is none in time
     */
    SearchView at(IndexOrigin origin, UUID file, long sequence);

    /**
     * Tells that the index gave what the engine does not confirm: it is built anew.
     *
     * @param cause what was found
     */
    void condemn(Exception cause);
}

package io.entitydb.storage.recovery;

/** Names of the files of a data directory. */
public final class StoreFiles {

    /** The truth. */
    public static final String DATA = "entities.edb";

    /** A data file that is being made. */
    static final String CREATING = "entities.edb.new";

    /** Held while the store is open. */
    public static final String LOCK = "entities.lock";

    /** Erased entities; not written by this version, but never created over. */
    static final String ERASURES = "erasures.ledger";

    private StoreFiles() {}
}

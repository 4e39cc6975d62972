package io.entitydb.storage.recovery;

/** Names of the files of a data directory. */
public final class StoreFiles {

    /** The truth. */
    public static final String DATA = "entities.edb";

    /** A data file that is being made. */
    public static final String CREATING = "entities.edb.new";

    /** How the name of a data file begins that another one has replaced. */
    public static final String ASIDE_PREFIX = DATA + ".";

    /** How such a name ends. */
    public static final String ASIDE_SUFFIX = ".old";

    /** Held while the store is open. */
    public static final String LOCK = "entities.lock";

    private StoreFiles() {}
}

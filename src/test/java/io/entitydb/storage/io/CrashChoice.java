package io.entitydb.storage.io;

import java.util.BitSet;
import java.util.Map;

/**
 * One way in which a power cut may end. Immutable by agreement: nobody changes the parts.
 *
 * @param kept pending writes that got through, by their place in the order of all
 * @param torn pending writes that got through in part
 * @param growth how the sizes of files came out
 * @param directoryChanges how many of the pending changes of the directory got through
 */
record CrashChoice(BitSet kept, Map<Integer, Tear> torn, Growth growth, int directoryChanges) {

    /** How the size of a file came out that had pending writes behind its durable end. */
    enum Growth {
        /** Up to the last byte that got through. */
        AS_WRITTEN,
        /** Not grown: bytes behind the durable end are lost. */
        NONE,
        /** Grown for all writes; what did not get through reads as zeros. */
        FULL
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.log.LossRecord;

import java.util.List;

/**
 * From where what is missing may be taken.
 *
 * @param primary the damaged file
 * @param copies other files of the same store
 * @param pieces tells what is left of single records
 * @param terms what the records of losses say of when and on whose word
 */
record GapContext(
        SourceFile primary, List<TransactionFinder> copies, Pieces pieces, LossRecord terms) {

    /** Copies the list. */
    GapContext {
        copies = List.copyOf(copies);
    }
}

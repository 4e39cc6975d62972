package io.entitydb.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * The last line of the answer to an import.
 *
 * @param end whether all lines were worked on
 * @param lines how many were, without blank ones and those that were skipped
 * @param created entities that were created
 * @param updated entities that got another version
 * @param deleted entities that were deleted
 * @param unchanged lines that said what was there
 * @param failed lines that failed
 * @param transaction all that was done is visible from this transaction on
 * @param problem what ended the import before its time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportSummary(
        boolean end,
        long lines,
        long created,
        long updated,
        long deleted,
        long unchanged,
        long failed,
        long transaction,
        @Nullable TransferProblem problem) {}

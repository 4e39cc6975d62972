package io.entitydb.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * The last line of an export. Without it the export is not whole.
 *
 * @param end whether all that was asked for was written
 * @param lines how many versions were written
 * @param transaction the transaction after which the export shows the dataset
 * @param after the last entity that was written with all its lines; only where it was not all
 * @param problem why it was not all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransferEnd(
        boolean end,
        long lines,
        long transaction,
        @Nullable String after,
        @Nullable TransferProblem problem) {}

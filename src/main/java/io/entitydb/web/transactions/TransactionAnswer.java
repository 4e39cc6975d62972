package io.entitydb.web.transactions;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.web.http.Written;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a transaction did.
 *
 * @param transaction its number; the newest one if it only expects; null if it was only tried out
 * @param instant its commit time; null if nothing was written
 * @param dryRun true if it was only tried out
 * @param results what each operation did, in the order of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TransactionResult")
record TransactionAnswer(
        @Schema(
                        description =
                                "Its number; where it only expects, the newest transaction at"
                                        + " which all of it held. Left out in a dry run.",
                        example = "8714")
                @Nullable Long transaction,
        @Schema(
                        description = "Its commit time; left out if nothing was written",
                        example = "2026-11-23T09:00:00.000000001Z")
                @Nullable String instant,
        @Schema(description = "true in a dry run, else left out") @Nullable Boolean dryRun,
        @Schema(description = "What each operation did, in the order of the request")
                List<Result> results) {

    /** Copies the results. */
    TransactionAnswer {
        results = List.copyOf(results);
    }

    /**
     * What an operation did.
     *
     * @param op what was asked for
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the version that was made, or found; null if there is none
     * @param status what a request of its own would be answered with
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OperationResult")
    record Result(
            @Schema(example = "put") String op,
            @Schema(example = "packages") String dataset,
            @Schema(example = "left-pad") String id,
            @Schema(
                            description =
                                    "The version that was made, in expect the one that was found;"
                                            + " left out if there is none",
                            example = "4")
                    @Nullable Long version,
            @Schema(description = "What a request of its own is answered with", example = "200")
                    int status) {

        static Result of(Operation operation, Written written) {
            return new Result(
                    operation.kind().label(),
                    written.key().dataset(),
                    written.key().id(),
                    written.version() == 0 ? null : written.version(),
                    written.status().value());
        }
    }
}

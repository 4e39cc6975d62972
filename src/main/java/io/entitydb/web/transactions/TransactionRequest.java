package io.entitydb.web.transactions;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * A transaction to be made.
 *
 * @param operations what it does
 * @param reason why; stored with it
 * @param metadata what else is to be known of it; stored with it
 */
@Schema(name = "TransactionRequest")
record TransactionRequest(
        @Schema(
                        description =
                                "1 to 1,000 operations. Each entity is written by at most one of"
                                        + " them; conditions are those of the state before.")
                @NotNull
                @Size(
                        min = 1,
                        max = MAX_OPERATIONS,
                        message = "a transaction has 1 to " + MAX_OPERATIONS + " operations")
                List<OperationRequest> operations,
        @Schema(
                        description = "Why, 1 to 1,024 characters; kept with the transaction",
                        example = "price list of May")
                @Nullable String reason,
        @Schema(
                        description = "An object of at most 16 KiB; kept with the transaction",
                        implementation = Object.class,
                        types = "object",
                        example = "{\"ticket\": \"T-17\"}")
                @Nullable ObjectNode metadata) {

    /** Most operations of a transaction. */
    static final int MAX_OPERATIONS = 1000;
}

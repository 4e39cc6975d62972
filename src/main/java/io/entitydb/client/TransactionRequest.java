package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A transaction that shall be made.
 *
 * @param operations 1 to 1,000 operations; an entity is written by at most one of them
 * @param reason why, up to 1,024 characters; kept with the transaction
 * @param metadata an object of up to 16 KiB; kept with the transaction
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionRequest(
        List<TransactionOperation> operations,
        @Nullable String reason,
        @Nullable Map<String, ?> metadata) {

    /** Copies the collections. */
    public TransactionRequest {
        operations = List.copyOf(operations);
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** A transaction without a reason. */
    public static TransactionRequest of(TransactionOperation... operations) {
        return new TransactionRequest(List.of(operations), null, null);
    }

    /** The same for a reason. */
    public TransactionRequest because(String text) {
        return new TransactionRequest(operations, text, metadata);
    }
}

package io.entitydb.client;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Changes that are made together or not at all. */
@HttpExchange(url = "/api/v1/transactions", accept = "application/json")
public interface TransactionClient {

    /**
     * Makes a transaction.
     *
     * @param dryRun true to do all but the commit
     * @param options an idempotency key; conditions stand with the operations
     */
    @PostExchange(contentType = "application/json")
    ResponseEntity<TransactionResult> make(
            @RequestBody TransactionRequest request,
            @RequestParam("dryRun") boolean dryRun,
            WriteOptions options);

    /** Makes a transaction. */
    default ResponseEntity<TransactionResult> make(TransactionRequest request) {
        return make(request, false, WriteOptions.NONE);
    }

    /** Reads what a transaction did, with a page of its changes. */
    @GetExchange("/{transaction}")
    Transaction get(@PathVariable("transaction") long transaction, PageOptions options);
}

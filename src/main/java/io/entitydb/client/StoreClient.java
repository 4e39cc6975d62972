package io.entitydb.client;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The store as a whole, and the work on it that takes longer than a request. */
@HttpExchange(url = "/api/v1", accept = "application/json")
public interface StoreClient {

    /**
     * Begins to make the data file anew, without what the rules of retention take away.
     *
     * @param dryRun true to only tell what would go
     */
    @PostExchange("/store/compactions")
    Operation compact(@RequestParam("dryRun") boolean dryRun);

    /** Begins to write a checkpoint. */
    @PostExchange("/store/checkpoints")
    Operation checkpoint();

    /** Operations that run, and the last that have ended; the newest first. */
    @GetExchange("/operations")
    Page<Operation> operations();

    /** Reads how far an operation is. */
    @GetExchange("/operations/{operation}")
    Operation operation(@PathVariable("operation") String operation);
}

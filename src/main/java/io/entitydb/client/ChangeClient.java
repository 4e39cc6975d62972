package io.entitydb.client;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The feed of all changes, page by page. */
@HttpExchange(url = "/api/v1/changes", accept = "application/json")
public interface ChangeClient {

    /**
     * A page of changes. Whoever goes on with {@code next} is told every change, and where the
     * options wait, as soon as it is durable.
     */
    @GetExchange
    ChangePage list(ChangeOptions options);
}

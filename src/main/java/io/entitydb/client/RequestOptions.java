package io.entitydb.client;

import org.springframework.web.service.invoker.HttpRequestValues;

/** Parameters and headers of a request; what is left out is the service's to choose. */
public sealed interface RequestOptions
        permits ChangeOptions,
                ContentOptions,
                HistoryOptions,
                PageOptions,
                ReadOptions,
                WriteOptions {

    /** Puts them into a request. */
    void applyTo(HttpRequestValues.Builder request);
}

package io.entitydb.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import java.util.List;

/**
 * Pages of other origins.
 *
 * @param allowedOrigins Origins whose pages may use the interface from a browser, as
 *     `https://app.example`; without any, none may.
 */
@ConfigurationProperties("entitydb.web.cors")
public record CorsProperties(@Nullable List<String> allowedOrigins) {

    /** The origins; empty if there are none. */
    public List<String> origins() {
        return allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    }
}

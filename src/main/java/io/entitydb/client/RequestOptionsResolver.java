package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/** Lets options be arguments of requests. */
final class RequestOptionsResolver implements HttpServiceArgumentResolver {

    @Override
    public boolean resolve(
            @Nullable Object argument,
            MethodParameter parameter,
            HttpRequestValues.Builder requestValues) {
        if (argument instanceof RequestOptions options) {
            options.applyTo(requestValues);
            return true;
        }
        return false;
    }

    /** Adds a parameter of the query, unless it is left out. */
    static void parameter(HttpRequestValues.Builder request, String name, @Nullable Object value) {
        if (value != null) {
            request.addRequestParameter(name, value.toString());
        }
    }

    /** Adds a header, unless it is left out. */
    static void header(HttpRequestValues.Builder request, String name, @Nullable Object value) {
        if (value != null) {
            request.addHeader(name, value.toString());
        }
    }
}

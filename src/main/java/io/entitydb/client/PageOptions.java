package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Which part of a list is read.
 *
 * @param asOf of tags, a point of the past: {@code tx:N} or an RFC 3339 date-time; other lists
 *     refuse it
 * @param limit most items of the page, 1 to 1000; 50 if left out
 * @param cursor {@code next} of the page before
 */
public record PageOptions(@Nullable String asOf, @Nullable Integer limit, @Nullable String cursor)
        implements RequestOptions {

    /** The first page, as things are. */
    public static final PageOptions NONE = new PageOptions(null, null, null);

    /** The same list from another place on. */
    public PageOptions after(String next) {
        return new PageOptions(asOf, limit, next);
    }

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.parameter(request, "asOf", asOf);
        RequestOptionsResolver.parameter(request, "limit", limit);
        RequestOptionsResolver.parameter(request, "cursor", cursor);
    }
}

package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Which versions of an entity are listed.
 *
 * @param from the first version; in descending order the highest
 * @param to the last version; in descending order the lowest
 * @param order {@code desc} (if left out) or {@code asc}
 * @param limit most versions of the page, 1 to 1000; 50 if left out
 * @param cursor {@code next} of the page before
 * @param fields the members that are shown, parted by commas; {@code *} for all
 */
public record HistoryOptions(
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String order,
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String fields)
        implements RequestOptions {

    /** The newest versions first. */
    public static final HistoryOptions NONE =
            new HistoryOptions(null, null, null, null, null, null);

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.parameter(request, "from", from);
        RequestOptionsResolver.parameter(request, "to", to);
        RequestOptionsResolver.parameter(request, "order", order);
        RequestOptionsResolver.parameter(request, "limit", limit);
        RequestOptionsResolver.parameter(request, "cursor", cursor);
        RequestOptionsResolver.parameter(request, "fields", fields);
    }
}

package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.web.service.invoker.HttpRequestValues;

import java.time.Duration;
import java.util.List;

/**
 * Which changes are told.
 *
 * @param since a cursor, an RFC 3339 date-time, {@code tx:N}, {@code 0} (if left out) or {@code
 *     now}
 * @param dataset only changes in this dataset
 * @param tags only changes to entities that carry all of these tags, or carried them before
 * @param limit most changes of the page, 1 to 1000; 50 if left out
 * @param patience how long to wait if there is none yet, in whole milliseconds, at most 60 s; not
 *     at all if left out
 */
public record ChangeOptions(
        @Nullable String since,
        @Nullable String dataset,
        List<String> tags,
        @Nullable Integer limit,
        @Nullable Duration patience)
        implements RequestOptions {

    /** From the beginning. */
    public static final ChangeOptions NONE = new ChangeOptions(null, null, List.of(), null, null);

    /** Copies the tags. */
    public ChangeOptions {
        tags = List.copyOf(tags);
    }

    /** From a place on. */
    public static ChangeOptions since(String place) {
        return new ChangeOptions(place, null, List.of(), null, null);
    }

    /** The same filter from another place on. */
    public ChangeOptions after(String next) {
        return new ChangeOptions(next, dataset, tags, limit, patience);
    }

    /** The same in one dataset only. */
    public ChangeOptions in(String name) {
        return new ChangeOptions(since, name, tags, limit, patience);
    }

    /** The same, waiting for the first change. */
    public ChangeOptions waiting(Duration time) {
        return new ChangeOptions(since, dataset, tags, limit, time);
    }

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.parameter(request, "since", since);
        RequestOptionsResolver.parameter(request, "dataset", dataset);
        tags.forEach(tag -> RequestOptionsResolver.parameter(request, "tag", tag));
        RequestOptionsResolver.parameter(request, "limit", limit);
        if (patience != null) {
            RequestOptionsResolver.parameter(request, "wait", patience.toMillis() + "ms");
        }
    }
}

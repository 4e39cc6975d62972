package io.entitydb.web.changes;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.security.Permissions;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.problem.ProblemException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks the feed for.
 *
 * @param start where it begins
 * @param filter which changes are told
 * @param limit most changes of a page
 * @param patience how long to wait for the first change of a page
 */
record ChangesRequest(ChangeStart start, ChangeFilter filter, int limit, Duration patience) {

    /** Longest wait for a page. */
    static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)");

    /**
     * The request for a page that the parameters of a query say.
     *
     * @throws InvalidQueryException naming the parameter with a wrong value
     * @throws ProblemException if the id of the last event is none
     * @throws io.entitydb.entity.AccessDeniedException if the dataset is reserved
     */
    static ChangesRequest page(
            MultiValueMap<String, String> parameters,
            @Nullable String lastEventId,
            Permissions viewer) {
        return new ChangesRequest(
                start(parameters, lastEventId),
                filter(parameters, viewer),
                PageParameters.of(single(parameters, "limit"), null, null).limit(),
                patience(single(parameters, "wait")));
    }

    /** As {@link #page}, for live events, which come one by one and as soon as they can. */
    static ChangesRequest live(
            MultiValueMap<String, String> parameters,
            @Nullable String lastEventId,
            Permissions viewer) {
        for (String name : List.of("limit", "wait")) {
            if (parameters.containsKey(name)) {
                throw new InvalidQueryException(name, "is for pages, not for live events");
            }
        }
        return page(parameters, lastEventId, viewer);
    }

    private static ChangeStart start(
            MultiValueMap<String, String> parameters, @Nullable String lastEventId) {
        return ChangeStart.of(single(parameters, ChangeStart.PARAMETER), lastEventId);
    }

    private static ChangeFilter filter(
            MultiValueMap<String, String> parameters, Permissions viewer) {
        String dataset = single(parameters, "dataset");
        if (dataset != null) {
            Datasets.requireOpen(dataset);
        }
        return ChangeFilter.of(dataset, parameters.getOrDefault("tag", List.of()), viewer);
    }

    private static Duration patience(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration wait =
                    matcher.group(2).equals("s")
                            ? Duration.ofSeconds(amount)
                            : Duration.ofMillis(amount);
            if (wait.compareTo(MAX_WAIT) <= 0) {
                return wait;
            }
        }
        throw new InvalidQueryException("wait", "a wait is written 30s or 500ms, at most 60s");
    }

    private static @Nullable String single(MultiValueMap<String, String> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidQueryException(name, "this parameter is given at most once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}

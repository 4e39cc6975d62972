package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * What of a content is read, and as of when.
 *
 * @param asOf a point of the past: {@code v:N}, {@code tx:N} or an RFC 3339 date-time
 * @param range the header Range, such as {@code bytes=0-99}
 * @param ifNoneMatch the header If-None-Match; where it holds the entity, the answer is 304 without
 *     a body
 */
public record ContentOptions(
        @Nullable String asOf, @Nullable String range, @Nullable String ifNoneMatch)
        implements RequestOptions {

    /** The whole content, as it is. */
    public static final ContentOptions NONE = new ContentOptions(null, null, null);

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.parameter(request, "asOf", asOf);
        RequestOptionsResolver.header(request, HttpHeaders.RANGE, range);
        RequestOptionsResolver.header(request, HttpHeaders.IF_NONE_MATCH, ifNoneMatch);
    }
}

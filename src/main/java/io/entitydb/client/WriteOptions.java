package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Under which conditions a change is made, and under which name.
 *
 * @param ifMatch the header If-Match: entity tags such as {@code "3"} with their quotes, or {@code
 *     *}
 * @param ifNoneMatch the header If-None-Match, likewise
 * @param idempotencyKey 1 to 255 visible ASCII characters; under one key a change is made at most
 *     once in 24 hours, however often it is sent
 */
public record WriteOptions(
        @Nullable String ifMatch, @Nullable String ifNoneMatch, @Nullable String idempotencyKey)
        implements RequestOptions {

    /** The last writer wins. */
    public static final WriteOptions NONE = new WriteOptions(null, null, null);

    /** Only if the newest version has this number. */
    public static WriteOptions ifVersion(long version) {
        return new WriteOptions("\"" + version + "\"", null, null);
    }

    /** Only if there is no such entity, or it is deleted. */
    public static WriteOptions ifAbsent() {
        return new WriteOptions(null, "*", null);
    }

    /** The same change under a key. */
    public WriteOptions withIdempotencyKey(String key) {
        return new WriteOptions(ifMatch, ifNoneMatch, key);
    }

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.header(request, HttpHeaders.IF_MATCH, ifMatch);
        RequestOptionsResolver.header(request, HttpHeaders.IF_NONE_MATCH, ifNoneMatch);
        RequestOptionsResolver.header(request, EntityDbHeaders.IDEMPOTENCY_KEY, idempotencyKey);
    }
}

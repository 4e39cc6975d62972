package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.service.invoker.HttpRequestValues;

import java.time.Instant;

/**
 * What of an entity is read, and as of when.
 *
 * @param asOf a point of the past: {@code v:N}, {@code tx:N} or an RFC 3339 date-time
 * @param fields the members that are shown, parted by commas; {@code *} for all
 * @param content {@code include} for content above 64 KiB, too; {@code json} for JSON content as
 *     the value that it is
 * @param ifNoneMatch the header If-None-Match; where it holds the entity, the answer is 304 without
 *     a body
 * @param minTransaction a transaction that the answer shall reflect at least
 */
public record ReadOptions(
        @Nullable String asOf,
        @Nullable String fields,
        @Nullable String content,
        @Nullable String ifNoneMatch,
        @Nullable Long minTransaction)
        implements RequestOptions {

    /** The present, with content up to 64 KiB in base64. */
    public static final ReadOptions NONE = new ReadOptions(null, null, null, null, null);

    /** The state at an instant. */
    public static ReadOptions asOf(Instant instant) {
        return new ReadOptions(instant.toString(), null, null, null, null);
    }

    /** The state right after a transaction. */
    public static ReadOptions asOfTransaction(long transaction) {
        return new ReadOptions("tx:" + transaction, null, null, null, null);
    }

    /** The state of a version. */
    public static ReadOptions asOfVersion(long version) {
        return new ReadOptions("v:" + version, null, null, null, null);
    }

    /** The same with JSON content as the value that it is. */
    public ReadOptions withJsonContent() {
        return new ReadOptions(asOf, fields, "json", ifNoneMatch, minTransaction);
    }

    /** The same with some members only. */
    public ReadOptions withFields(String names) {
        return new ReadOptions(asOf, names, content, ifNoneMatch, minTransaction);
    }

    /** The same, reflecting a transaction at least. */
    public ReadOptions withMinTransaction(long transaction) {
        return new ReadOptions(asOf, fields, content, ifNoneMatch, transaction);
    }

    @Override
    public void applyTo(HttpRequestValues.Builder request) {
        RequestOptionsResolver.parameter(request, "asOf", asOf);
        RequestOptionsResolver.parameter(request, "fields", fields);
        RequestOptionsResolver.parameter(request, "content", content);
        RequestOptionsResolver.header(request, HttpHeaders.IF_NONE_MATCH, ifNoneMatch);
        RequestOptionsResolver.header(request, EntityDbHeaders.MIN_TRANSACTION, minTransaction);
    }
}

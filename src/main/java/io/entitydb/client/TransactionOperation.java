package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * An operation of a transaction. All conditions are about the state before the transaction.
 *
 * @param op {@code create}, {@code put}, {@code patch}, {@code delete}, {@code restore} or {@code
 *     expect}
 * @param dataset the dataset of the entity
 * @param id the id of the entity; left out in {@code create}, one is made
 * @param ifMatch entity tags such as {@code "3"} with their quotes, or {@code *}
 * @param ifNoneMatch likewise
 * @param tags a list of tags; in a patch also {@link TagChanges}
 * @param contentType media type of the content
 * @param content a string with the bytes in base64, or another JSON value as the content itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionOperation(
        String op,
        String dataset,
        @Nullable String id,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Object tags,
        @Nullable String contentType,
        @Nullable JsonNode content) {

    /** Makes an entity, under the id of the request or one that the service makes. */
    public static TransactionOperation create(String dataset, EntityRequest request) {
        return of("create", dataset, request.id(), request);
    }

    /** Makes or replaces an entity. */
    public static TransactionOperation put(String dataset, String id, EntityRequest request) {
        return of("put", dataset, id, request);
    }

    /** Changes single tags of an entity. */
    public static TransactionOperation patch(String dataset, String id, TagChanges changes) {
        return new TransactionOperation("patch", dataset, id, null, null, changes, null, null);
    }

    /** Deletes an entity. */
    public static TransactionOperation delete(String dataset, String id) {
        return new TransactionOperation("delete", dataset, id, null, null, null, null, null);
    }

    /** Brings a deleted entity back. */
    public static TransactionOperation restore(String dataset, String id) {
        return new TransactionOperation("restore", dataset, id, null, null, null, null, null);
    }

    /** Changes nothing; needs a condition, on which the transaction then depends. */
    public static TransactionOperation expect(String dataset, String id) {
        return new TransactionOperation("expect", dataset, id, null, null, null, null, null);
    }

    private static TransactionOperation of(
            String op, String dataset, @Nullable String id, EntityRequest request) {
        return new TransactionOperation(
                op,
                dataset,
                id,
                null,
                null,
                request.tags(),
                request.contentType(),
                request.content());
    }

    /** The same, only if the newest version has this number. */
    public TransactionOperation ifVersion(long version) {
        String tag = "\"" + version + "\"";
        return new TransactionOperation(op, dataset, id, tag, null, tags, contentType, content);
    }

    /** The same, only if there is no such entity, or it is deleted. */
    public TransactionOperation ifAbsent() {
        return new TransactionOperation(op, dataset, id, null, "*", tags, contentType, content);
    }
}

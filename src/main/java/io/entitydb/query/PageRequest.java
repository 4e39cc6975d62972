package io.entitydb.query;

import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

/**
 * Which part of an answer is wanted.
 *
 * @param limit most items, 1–1,000
 * @param cursor where the previous page ended, as {@link Page#next()} gave it; null for the first
 * @param isCounted whether the number of all hits is wanted
 * @param afterId the id behind which the part begins, whether there is such an entity or not; only
 *     for entities in the order of their ids, and without a cursor; null for the first
 */
public record PageRequest(
        int limit, @Nullable String cursor, boolean isCounted, @Nullable String afterId) {

    /** Most items of a page. */
    public static final int MAX_LIMIT = 1000;

    /** Items of a page when nothing is said. */
    public static final int DEFAULT_LIMIT = 50;

    /** Refuses limits out of range, and two places at once. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidQueryException("limit", "a limit is 1 to " + MAX_LIMIT);
        }
        if (cursor != null && afterId != null) {
            throw new InvalidQueryException("cursor", "a part begins at a cursor or behind an id");
        }
    }

    /** The part that begins at a cursor. */
    public PageRequest(int limit, @Nullable String cursor, boolean isCounted) {
        this(limit, cursor, isCounted, null);
    }

    /** The part that begins behind an id, in the order of ids. */
    public static PageRequest after(@Nullable String id, int limit) {
        return new PageRequest(limit, null, false, id);
    }
}

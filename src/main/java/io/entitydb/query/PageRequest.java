package io.entitydb.query;

import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

/**
 * Which part of an answer is wanted.
 *
 * @param limit most items, 1–1,000
 * @param cursor where the previous page ended, as {@link Page#next()} gave it; null for the first
 * @param isCounted whether the number of all hits is wanted
 */
public record PageRequest(int limit, @Nullable String cursor, boolean isCounted) {

    /** Most items of a page. */
    public static final int MAX_LIMIT = 1000;

    /** Items of a page when nothing is said. */
    public static final int DEFAULT_LIMIT = 50;

    /** Refuses limits out of range. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidQueryException("limit", "a limit is 1 to " + MAX_LIMIT);
        }
    }
}

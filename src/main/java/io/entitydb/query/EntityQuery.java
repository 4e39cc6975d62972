package io.entitydb.query;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;

import java.util.List;

/**
 * A question to one dataset: which entities, in which order.
 *
 * @param dataset the dataset's name
 * @param where what the entities must fulfil
 * @param states which states of life are wanted
 * @param sort the order, first level first, at most {@value #MAX_SORT_KEYS}; the id always decides
 *     last
 */
public record EntityQuery(String dataset, Condition where, States states, List<SortKey> sort) {

    /** Most conditions of a query, each one within another counted. */
    public static final int MAX_CONDITIONS = 256;

    /** Deepest nesting of conditions. */
    public static final int MAX_DEPTH = 16;

    /** Most levels of an order. */
    public static final int MAX_SORT_KEYS = 8;

    /** States of life. */
    public enum States {
        /** Living entities. */
        ACTIVE,
        /** Tombstones. */
        DELETED,
        /** Both. */
        ANY
    }

    /**
     * Copies the order and refuses too large questions.
     *
     * @throws InvalidQueryException if there are too many conditions or levels
     * @throws io.entitydb.entity.InvalidEntityException if no dataset can have the name
     */
    public EntityQuery {
        EntityKey.requireDataset(dataset);
        ConditionLimits.check(where);
        sort = List.copyOf(sort);
        if (sort.size() > MAX_SORT_KEYS) {
            throw new InvalidQueryException(
                    "sort", "an order has at most " + MAX_SORT_KEYS + " levels");
        }
    }
}

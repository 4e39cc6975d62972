package io.entitydb.query;

import java.util.List;

/**
 * A question to one dataset: which entities, in which order.
 *
 * @param dataset the dataset's name
 * @param where what the entities must fulfil
 * @param states which states of life are wanted
 * @param sort the order, first level first; the id always decides last
 */
public record EntityQuery(String dataset, Condition where, States states, List<SortKey> sort) {

    /** States of life. */
    public enum States {
        /** Living entities. */
        ACTIVE,
        /** Tombstones. */
        DELETED,
        /** Both. */
        ANY
    }

    /** Copies the order. */
    public EntityQuery {
        sort = List.copyOf(sort);
    }
}

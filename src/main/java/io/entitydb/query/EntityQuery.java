package io.entitydb.query;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.temporal.AsOf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A question to one dataset: which entities, in which order, at which point of time.
 *
 * @param dataset the dataset's name
 * @param where what the entities must fulfil
 * @param states which states of life are wanted
 * @param sort the order, first level first, at most {@value #MAX_SORT_KEYS}; the id always decides
 *     last
 * @param asOf the instant or transaction at which the dataset is asked; null for the present
 */
public record EntityQuery(
        String dataset, Condition where, States states, List<SortKey> sort, @Nullable AsOf asOf) {

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
     * @throws InvalidQueryException if there are too many conditions or levels, or the point is a
     *     version, which only a single entity has
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
        if (asOf instanceof AsOf.AtVersion) {
            throw new InvalidQueryException(
                    "asOf", "many entities are read as of an instant or tx:N, not of a version");
        }
    }

    /** A question to the present. */
    public EntityQuery(String dataset, Condition where, States states, List<SortKey> sort) {
        this(dataset, where, states, sort, null);
    }

    /** The same question, asked right after a transaction. */
    public EntityQuery at(long transaction) {
        return new EntityQuery(dataset, where, states, sort, new AsOf.AtTransaction(transaction));
    }
}

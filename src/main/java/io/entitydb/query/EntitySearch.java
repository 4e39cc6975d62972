package io.entitydb.query;

import io.entitydb.entity.Entity;

/** Answers queries. Every answer reflects every transaction acknowledged before the call. */
public interface EntitySearch {

    /**
     * One page of an answer.
     *
     * @throws io.entitydb.entity.InvalidQueryException if the cursor is damaged or belongs to
     *     another query
     * @throws SearchUnavailableException if the answer cannot be given now; it is worth trying
     *     again
     */
    Page<Entity> search(EntityQuery query, PageRequest page);
}

package io.entitydb.web.transactions;

import io.entitydb.entity.EntityKey;
import io.entitydb.web.entities.EntityChanges;
import io.entitydb.web.http.Written;

/**
 * An operation that is ready to be made.
 *
 * @param index its place in the request, from 0 on
 * @param kind what it does
 * @param key the entity
 * @param step does it within the present transaction
 */
record Operation(int index, OperationKind kind, EntityKey key, Step step) {

    /** One change. */
    @FunctionalInterface
    interface Step {
        Written make(EntityChanges changes);
    }

    /** Whether it makes a version. */
    boolean isWrite() {
        return kind != OperationKind.EXPECT;
    }

    /** Makes it; what goes wrong points to it. */
    Written make(EntityChanges changes) {
        return OperationProblems.within(index, () -> step.make(changes));
    }
}

package io.entitydb.web.operations;

import io.entitydb.entity.WorkProgress;

import org.jspecify.annotations.Nullable;

/** What an operation does. */
@FunctionalInterface
public interface Work {

    /**
     * Does it.
     *
     * @param progress is told how far it is
     * @return what came of it, to be shown as JSON; null if there is nothing to say
     */
    @Nullable Object run(WorkProgress progress);
}

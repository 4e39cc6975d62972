package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * Is around the steps of a request that take time, on the thread that waits for them. Thread-safe.
 */
public interface StepObserver {

    /** Lets every step go on by itself. */
    StepObserver NONE =
            new StepObserver() {
                @Override
                public <T extends @Nullable Object> T observed(Step step, Supplier<T> work) {
                    return work.get();
                }
            };

    /**
     * Does the work of a step, once, and passes on how it ends: its result, or what it throws.
     *
     * @param work what the step is
     */
    <T extends @Nullable Object> T observed(Step step, Supplier<T> work);

    /** What takes time. */
    enum Step {
        /** A transaction is made durable and visible. */
        COMMIT,
        /** The search index answers. */
        QUERY
    }
}

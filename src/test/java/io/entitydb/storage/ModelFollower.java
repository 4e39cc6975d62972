package io.entitydb.storage;

import io.entitydb.entity.Commit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Follows the model's commits. */
final class ModelFollower implements LogFollower {

    private final ModelEntityStore store;
    private long sequence;

    ModelFollower(ModelEntityStore store, long afterSequence) {
        this.store = store;
        this.sequence = afterSequence;
    }

    @Override
    public @Nullable Commit next(Duration wait) throws InterruptedException {
        long begun = System.nanoTime();
        synchronized (store) {
            List<Commit> waiting = store.commitsAfter(sequence);
            while (waiting.isEmpty()) {
                long left = wait.toNanos() - (System.nanoTime() - begun);
                if (left <= 0) {
                    return null;
                }
                store.wait(left / 1_000_000, (int) (left % 1_000_000));
                waiting = store.commitsAfter(sequence);
            }
            sequence++;
            return waiting.getFirst();
        }
    }
}

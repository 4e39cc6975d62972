package io.entitydb.search;

import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Merges segments beside everything else, and knows when one is done. */
final class Merges extends ConcurrentMergeScheduler {

    private final AtomicBoolean isDone = new AtomicBoolean();

    @Override
    protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
        super.doMerge(source, merge);
        isDone.set(true);
    }

    /** Whether one was done since this was asked last. */
    boolean takeDone() {
        return isDone.getAndSet(false);
    }
}

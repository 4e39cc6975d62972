package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The engine's threads and all their waiting for one another. Whatever else the engine does, it
 * does without waiting, so another crew can put the steps of its members into any order it likes.
 */
interface Crew {

    /** A thread that was started. */
    interface Member {

        /** Whether it still runs. */
        boolean isAlive();

        /** Waits until it ends, at most so long. */
        void join(Duration patience) throws InterruptedException;
    }

    /** Starts a thread that nobody else knows, so that nobody interrupts it. */
    Member start(String name, Runnable work);

    /** The head of a queue; null if there is none in time. */
    <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience) throws InterruptedException;

    /**
     * What came of something.
     *
     * @throws ExecutionException if it failed
     * @throws TimeoutException if it takes longer
     */
    <T> T get(CompletableFuture<T> outcome, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Nanoseconds that only grow, from any start. */
    long nanoTime();

    /** Something that members wait for. */
    Signal signal();
}

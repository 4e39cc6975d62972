package io.entitydb.storage;

import io.entitydb.storage.error.OutcomeUnknownException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Waits for what the writer answers. */
final class Waiting {

    private Waiting() {}

    /**
     * The outcome, or the exception that it is. An interrupt does not end the wait, because the
     * commit goes on: the flag is set again afterwards.
     *
     * @throws OutcomeUnknownException if the time is over first
     */
    static <T> T forOutcome(Crew crew, CompletableFuture<T> outcome, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    Duration left = Duration.ofNanos(deadline - System.nanoTime());
                    return crew.get(outcome, left);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                } catch (TimeoutException e) {
                    throw new OutcomeUnknownException("no answer within " + timeout, e);
                } catch (ExecutionException e) {
                    throw rethrown(e);
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(ExecutionException failure) {
        return failure.getCause() instanceof RuntimeException known
                ? known
                : new OutcomeUnknownException("the writer failed", failure);
    }
}

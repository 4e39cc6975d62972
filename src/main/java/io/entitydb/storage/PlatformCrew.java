package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads of the operating system: forces block, and a virtual thread would block its carrier. They
 * do not keep the process alive.
 */
final class PlatformCrew implements Crew {

    @Override
    public Member start(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().name(name).daemon().start(work);
        return new Member() {
            @Override
            public boolean isAlive() {
                return thread.isAlive();
            }

            @Override
            public void join(Duration patience) throws InterruptedException {
                thread.join(patience);
            }
        };
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience)
            throws InterruptedException {
        return queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public <T> T get(CompletableFuture<T> outcome, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Signal signal() {
        return new PlatformSignal();
    }
}

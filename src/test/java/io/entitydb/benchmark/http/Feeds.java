package io.entitydb.benchmark.http;

import io.entitydb.benchmark.Waiting;

import lombok.RequiredArgsConstructor;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Subscribers of the feed of changes that count what is delivered to them. */
final class Feeds implements AutoCloseable {

    private static final byte[] EVENT = "event: change\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Subscriber> subscribers;

    /**
     * Connects subscribers that begin at a place, all at once, and returns when each has the head
     * of its answer.
     */
    Feeds(Server server, String since, String token, int count) throws IOException {
        subscribers =
                Stream.generate(() -> new Subscriber(server, since, token)).limit(count).toList();
        subscribers.forEach(subscriber -> Thread.ofPlatform().daemon().start(subscriber));
        for (Subscriber subscriber : subscribers) {
            try {
                subscriber.socket.join();
            } catch (CompletionException e) {
                close();
                throw new IOException(e.getCause());
            }
        }
    }

    /** Events delivered so far, to all of them together. */
    long delivered() {
        return subscribers.stream().mapToLong(subscriber -> subscriber.delivered.sum()).sum();
    }

    /** Waits until each has so many events, or too much time is over. */
    void await(long events, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (subscribers.stream().anyMatch(subscriber -> subscriber.delivered.sum() < events)) {
            if (System.nanoTime() > end) {
                throw new IOException(delivered() + " events in " + longest);
            }
            Waiting.forMillis(1);
        }
    }

    @Override
    public void close() throws IOException {
        for (Subscriber subscriber : subscribers) {
            if (!subscriber.socket.isCompletedExceptionally()) {
                subscriber.socket.join().close();
            }
        }
    }

    /** One of them, on a thread of its own. */
    @RequiredArgsConstructor
    private static final class Subscriber implements Runnable {

        private final Server server;
        private final String since;
        private final String token;
        private final CompletableFuture<Socket> socket = new CompletableFuture<>();

        private final LongAdder delivered = new LongAdder();

        @Override
        public void run() {
            try {
                Socket connected = server.follow(since, token);
                socket.complete(connected);
                count(connected.getInputStream());
            } catch (IOException e) {
                // It never was connected, or the measurement is over.
                socket.completeExceptionally(e);
            }
        }

        private void count(InputStream in) throws IOException {
            byte[] buffer = new byte[1 << 16];
            int matched = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int events = 0;
                for (int i = 0; i < read; i++) {
                    byte next = buffer[i];
                    matched = next == EVENT[matched] ? matched + 1 : next == EVENT[0] ? 1 : 0;
                    if (matched == EVENT.length) {
                        events++;
                        matched = 0;
                    }
                }
                delivered.add(events);
            }
        }
    }
}

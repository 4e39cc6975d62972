package io.entitydb.benchmark.http;

import io.entitydb.benchmark.Waiting;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Subscribers of the feed of changes that count what is delivered to them. */
final class Feeds implements AutoCloseable {

    private static final byte[] EVENT = "event: change\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Socket> sockets = new ArrayList<>();
    private final LongAdder delivered = new LongAdder();

    /** Connects subscribers that begin at a place. */
    Feeds(Server server, String since, String token, int subscribers) throws IOException {
        for (int n = 0; n < subscribers; n++) {
            Socket socket = server.follow(since, token);
            sockets.add(socket);
            Thread.ofPlatform().daemon().start(() -> count(socket));
        }
    }

    /** Events delivered so far, to all of them together. */
    long delivered() {
        return delivered.sum();
    }

    /**
     * Waits until so many events are delivered, to all of them together, or too much time is over.
     */
    void await(long events, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (delivered() < events) {
            if (System.nanoTime() > end) {
                throw new IOException(delivered() + " events in " + longest);
            }
            Waiting.forMillis(1);
        }
    }

    private void count(Socket socket) {
        byte[] buffer = new byte[1 << 16];
        int matched = 0;
        try {
            InputStream in = socket.getInputStream();
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
        } catch (IOException e) {
            // The measurement is over.
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

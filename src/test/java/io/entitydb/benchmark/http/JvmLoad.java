package io.entitydb.benchmark.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Load of virtual threads of this process, each with a connection, that know just enough HTTP. */
record JvmLoad() implements Load {

    private static final int MOST_LATENCIES = 2_000_000;

    /**
     * What one connection measured.
     *
     * @param nanos between each request and its answer
     */
    private record Part(LongBuffer nanos, long errors) {}

    @Override
    public Figures run(int port, Requests requests, int connections, Duration time)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Part> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Part>> running = new ArrayList<>();
            for (int n = 0; n < connections; n++) {
                int first = n * requests.all().size() / connections;
                running.add(threads.submit(() -> connection(port, requests, first, start, time)));
            }
            for (Future<Part> one : running) {
                parts.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a connection broke", e.getCause());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all =
                parts.stream()
                        .flatMapToLong(part -> LongStream.of(part.nanos().array()))
                        .sorted()
                        .toArray();
        return new Figures(
                all.length / seconds,
                at(all, 0.5) / 1e3,
                at(all, 0.99) / 1e3,
                parts.stream().mapToLong(Part::errors).sum(),
                0);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }

    private static Part connection(
            int port, Requests requests, int first, long start, Duration time) throws IOException {
        Latencies latencies = new Latencies();
        long errors = 0;
        // The server ends a connection after some requests, and says so.
        while (System.nanoTime() - start < time.toNanos() && latencies.count < MOST_LATENCIES) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                Answer answer = new Answer(0, false);
                for (long before = System.nanoTime();
                        before - start < time.toNanos() && !answer.isLast();
                        before = System.nanoTime()) {
                    int next = (first + latencies.count) % requests.all().size();
                    socket.getOutputStream().write(requests.all().get(next));
                    answer = Answer.read(in);
                    errors += answer.status() > 399 ? 1 : 0;
                    latencies.add(System.nanoTime() - before);
                }
            }
        }
        return new Part(LongBuffer.wrap(latencies.all()), errors);
    }

    /** Grows as it is filled. */
    private static final class Latencies {

        private long[] nanos = new long[1024];
        private int count;

        void add(long latency) {
            nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
            nanos[count++] = latency;
        }

        long[] all() {
            return Arrays.copyOf(nanos, count);
        }
    }

    /**
     * The answer to a request.
     *
     * @param isLast whether the server ends the connection after it
     */
    private record Answer(int status, boolean isLast) {

        /** Reads an answer to its end. */
        static Answer read(InputStream in) throws IOException {
            int status = Integer.parseInt(line(in).split(" ", 3)[1]);
            long length = 0;
            boolean isChunked = false;
            boolean isLast = false;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String header = line.toLowerCase(Locale.ROOT);
                if (header.startsWith("content-length:")) {
                    length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
                }
                isChunked |= header.equals("transfer-encoding: chunked");
                isLast |= header.equals("connection: close");
            }
            in.skipNBytes(length);
            while (isChunked) {
                long size = Long.parseLong(line(in), 16);
                in.skipNBytes(size);
                line(in);
                isChunked = size > 0;
            }
            return new Answer(status, isLast);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public String name() {
        return "virtual threads of a JVM";
    }
}

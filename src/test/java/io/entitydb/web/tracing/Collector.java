package io.entitydb.web.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans over HTTP, as collectors of OpenTelemetry do, unless it is told to refuse them. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().getPath());
            if (status == 200) {
                spans.addAll(ReceivedSpan.read(body));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Answers with a status from here on; takes spans where it is 200. */
    void answer(int status) {
        this.status = status;
    }

    /** Where spans are to be sent. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** What was asked for, in order. */
    List<String> paths() {
        return paths;
    }

    /** All spans that came. */
    List<ReceivedSpan> spans() {
        return spans;
    }

    /** The spans of a trace that came. */
    List<ReceivedSpan> spans(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

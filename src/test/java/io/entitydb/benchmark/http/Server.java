package io.entitydb.benchmark.http;

import io.entitydb.web.ServerProcess;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own. */
final class Server implements AutoCloseable {

    private final ServerProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Starts a server and waits until it listens.
     *
     * @param program what follows the options of the JVM: a jar or a class, and arguments
     */
    Server(List<String> program) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
        arguments.addAll(program);
        arguments.add("--server.port=0");
        process = new ServerProcess(arguments);
    }

    int port() {
        return process.port();
    }

    /** What it has used of the processors since its start. */
    Duration processors() {
        return process.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Asks for something; anything but success is an error. */
    String call(String method, String path, String token, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .method(method, body)
                        .header("Content-Type", type);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() > 299) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Asks for something that takes no body. */
    String get(String path, String token) throws IOException, InterruptedException {
        return call("GET", path, token, "application/json", BodyPublishers.noBody());
    }

    /** Begins to follow changes; what comes is everything after the head of the answer. */
    Socket follow(String since, String token) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        String request =
                "GET /api/v1/changes?since="
                        + since
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                        + "Authorization: Bearer "
                        + token
                        + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > 10_000) {
                throw new IOException("no feed: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException("no feed: " + head);
        }
        return socket;
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}

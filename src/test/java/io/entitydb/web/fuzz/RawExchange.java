package io.entitydb.web.fuzz;

import io.entitydb.web.Answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends requests as they are, each over a connection of its own, which the server closes. */
final class RawExchange {

    private static final int PATIENCE_MILLIS = 20_000;

    /** Enough for the head of a stream of events to come, which then says nothing for long. */
    private static final int IMPATIENCE_MILLIS = 150;

    private final int port;

    RawExchange(int port) {
        this.port = port;
    }

    /**
     * What came of a request.
     *
     * @param answer empty where a request that may wait was not answered to its end
     * @param nanos from the first byte sent to the last one received
     */
    record Outcome(Optional<Answer> answer, long nanos) {

        long millis() {
            return nanos / 1_000_000;
        }
    }

    /**
     * Sends a request.
     *
     * @throws IOException if there is no answer, or one that breaks the rules of HTTP
     */
    Outcome send(RawRequest request) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(request.mayWait() ? IMPATIENCE_MILLIS : PATIENCE_MILLIS);
            write(socket, request.bytes());
            byte[] answer = socket.getInputStream().readAllBytes();
            return new Outcome(Optional.of(parse(answer)), System.nanoTime() - begin);
        } catch (SocketTimeoutException e) {
            if (request.mayWait()) {
                return new Outcome(Optional.empty(), System.nanoTime() - begin);
            }
            throw e;
        }
    }

    /** A server that has refused the request need not read the rest of it. */
    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            // The answer, or that there is none, tells more.
        }
    }

    private static Answer parse(byte[] bytes) throws IOException {
        int end = indexOf(bytes, "\r\n\r\n", 0);
        if (end < 0) {
            throw new IOException("no head in an answer of " + bytes.length + " bytes");
        }
        List<String> lines =
                new String(bytes, 0, end, StandardCharsets.ISO_8859_1).lines().toList();
        Map<String, List<String>> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header: " + line);
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
        if (headers.containsKey("transfer-encoding")) {
            body = unchunk(body);
        }
        int status = Integer.parseInt(lines.getFirst().substring(9, 12));
        return new Answer(
                status,
                HttpHeaders.of(headers, (name, value) -> true),
                new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] unchunk(byte[] chunked) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int position = 0;
        while (true) {
            int end = indexOf(chunked, "\r\n", position);
            if (end < 0) {
                throw new IOException("chunks end early");
            }
            int length =
                    Integer.parseInt(
                            new String(
                                    chunked, position, end - position, StandardCharsets.ISO_8859_1),
                            16);
            if (length == 0) {
                return body.toByteArray();
            }
            body.write(chunked, end + 2, length);
            position = end + 2 + length + 2;
        }
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        for (int i = from; i <= bytes.length - text.length(); i++) {
            int k = 0;
            while (k < text.length() && bytes[i + k] == text.charAt(k)) {
                k++;
            }
            if (k == text.length()) {
                return i;
            }
        }
        return -1;
    }
}

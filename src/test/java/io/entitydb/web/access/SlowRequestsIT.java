package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Who sends a byte now and then holds a connection for a bounded time, wherever in a request. */
@ServiceTest
@TestPropertySource(properties = {"entitydb.web.header-timeout=1s", "entitydb.web.body-timeout=1s"})
@Timeout(120)
class SlowRequestsIT {

    /**
     * The time that is allowed, the looks that are taken now and then, and a machine that is busy.
     */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String BODY =
            """
            Host: localhost
            Content-Type: application/json
            Content-Length: 100000

            {"""
                    .replace("\n", "\r\n");

    @LocalServerPort int port;

    private final Api api;

    SlowRequestsIT(Api api) {
        this.api = api;
    }

    /** What is answered to a beginning, behind which a byte comes ten times a second. */
    private String trickle(String beginning, String drop) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor()) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            var _ =
                    sender.scheduleAtFixedRate(
                            () -> {
                                try {
                                    out.write(drop.getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    sender.shutdown();
                                }
                            },
                            100,
                            100,
                            TimeUnit.MILLISECONDS);
            long begin = System.nanoTime();
            StringBuilder answer = new StringBuilder();
            try {
                for (int c = socket.getInputStream().read();
                        c >= 0;
                        c = socket.getInputStream().read()) {
                    answer.append((char) c);
                }
            } catch (SocketException e) {
                // Closed with bytes that nobody read: the connection has ended all the same.
                answer.append("");
            } finally {
                sender.shutdownNow();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            return answer.toString();
        }
    }

    @Test
    void headThatTricklesEnds() throws IOException {
        String answer = trickle("GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a");

        assertThat(answer).doesNotContain(" 200 ");
        api.get("/livez").expect(200);
    }

    @Test
    void requestLineThatTricklesEnds() throws IOException {
        assertThat(trickle("GET /", "a")).doesNotContain(" 200 ");
    }

    @Test
    void bodyThatTricklesIsRefused() throws IOException {
        String answer =
                trickle("POST /api/v1/datasets HTTP/1.1\r\n" + Api.authorization(port) + BODY, " ");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body-too-slow");
    }

    @Test
    void bodyThatNobodyWantsIsNotWaitedFor() throws IOException {
        String answer = trickle("POST /api/v1/datasets HTTP/1.1\r\n" + BODY, " ");

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("unauthenticated");
    }

    @Test
    void connectionGoesOnBehindABodyThatWasNotWanted() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String refused =
                    "POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n"
                            + " ".repeat(50_000);
            String next = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((refused + next).getBytes(StandardCharsets.US_ASCII));

            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answers).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
        }
    }
}

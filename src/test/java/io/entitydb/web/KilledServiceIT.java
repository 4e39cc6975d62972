package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of a service that is killed send what was not answered again, under the same keys: all of
 * it is made, and none of it twice.
 */
@Timeout(300)
class KilledServiceIT {

    private static final int CLIENTS = 8;
    private static final int KILLS = 2;
    private static final int ANSWERS_BEFORE_A_KILL = 40;
    private static final String ENTITIES = Api.entities("default");

    @TempDir private Path directory;

    private final ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
    private final AtomicInteger replayed = new AtomicInteger();
    private volatile ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        service = new ServiceProcess(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whatIsSentAgainIsMadeOnce() throws Exception {
        for (int round = 0; round < KILLS; round++) {
            List<String> open = workUntilKilled(round);
            service = new ServiceProcess(directory);
            open.forEach(this::send);
        }

        assertThat(made).doesNotHaveDuplicates();
        assertThat(ServiceProcess.idsOf(service.api())).containsExactlyInAnyOrderElementsOf(made);
        System.out.println(
                "%d made, %d interrupted, %d replayed"
                        .formatted(made.size(), KILLS * CLIENTS, replayed.get()));
    }

    /** The keys of the requests that the kill interrupted, one of each client. */
    private List<String> workUntilKilled(int round) throws Exception {
        CountDownLatch enough = new CountDownLatch(ANSWERS_BEFORE_A_KILL);
        List<String> open = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String name = round + "-" + client;
                clients.add(threads.submit(() -> work(name, enough)));
            }
            enough.await();
            service.close();
            for (Future<String> client : clients) {
                open.add(client.get());
            }
        }
        return open;
    }

    /** Sends requests one after the other, until one is not answered; gives its key. */
    private String work(String name, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            String key = name + "-" + i;
            try {
                send(key);
                enough.countDown();
            } catch (UncheckedIOException e) {
                return key;
            }
        }
    }

    private void send(String key) {
        String body = "{\"tags\": [\"key:%s\"], \"content\": {\"n\": 1}}".formatted(key);
        Answer answer = service.api().post(ENTITIES, body, "Idempotency-Key", key);
        while (answer.status() == 503) {
            answer = service.api().post(ENTITIES, body, "Idempotency-Key", key);
        }
        answer.expect(201);
        if (answer.headers().firstValue("Idempotency-Replayed").isPresent()) {
            replayed.incrementAndGet();
        }
        made.add(answer.json().path("id").asString());
    }
}

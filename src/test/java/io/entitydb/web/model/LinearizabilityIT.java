package io.entitydb.web.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;
import io.entitydb.web.model.Linearizability.Call;
import io.entitydb.web.model.Linearizability.Kind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What clients do to one entity at once happens at one moment each. */
@ServiceTest
class LinearizabilityIT {

    private static final int CLIENTS = 8;
    private static final int CALLS = 20;
    private static final int ENTITIES = 12;

    private final Api api;
    private final String run = UUID.randomUUID().toString();

    LinearizabilityIT(Api api) {
        this.api = api;
    }

    @Test
    void callsToOneEntityAreLinearizable() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        int broken = 0;
        for (int entity = 0; entity < ENTITIES; entity++) {
            List<Call> calls = record(run + "-" + entity, seed + entity);

            assertThat(calls).hasSize(CLIENTS * CALLS);
            assertThat(Linearizability.of(calls)).as("seed %d, %s", seed, calls).isTrue();
            List<Call> stale = withStaleRead(calls);
            if (stale.size() > calls.size()) {
                broken++;
                assertThat(Linearizability.of(stale)).as("seed %d, %s", seed, stale).isFalse();
            }
        }
        assertThat(broken).as("histories with a stale read added").isPositive();
    }

    /** The broken twin: at the end somebody reads what the first put wrote. */
    private static List<Call> withStaleRead(List<Call> calls) {
        List<Call> broken = new ArrayList<>(calls);
        long end = calls.stream().mapToLong(Call::end).max().orElseThrow();
        calls.stream()
                .filter(call -> call.kind() == Kind.PUT && call.version() == 1)
                .findFirst()
                .ifPresent(
                        put ->
                                broken.add(
                                        new Call(
                                                end + 1,
                                                end + 2,
                                                Kind.GET,
                                                0,
                                                put.value(),
                                                200,
                                                1)));
        return broken;
    }

    private List<Call> record(String id, long seed) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        List<Call> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Call>>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * 31 + client);
                clients.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return work(Api.entity("default", id), random);
                                }));
            }
            for (Future<List<Call>> client : clients) {
                calls.addAll(client.get());
            }
        }
        return calls;
    }

    private List<Call> work(String path, Random random) {
        List<Call> calls = new ArrayList<>();
        long seen = 1;
        for (int i = 0; i < CALLS; i++) {
            Call call =
                    switch (random.nextInt(10)) {
                        case 0 -> call(Kind.DELETE, path, 0, 0);
                        case 1, 2, 3, 4 -> call(Kind.GET, path, 0, 0);
                        case 5, 6 -> call(Kind.PUT, path, 0, random.nextInt(1_000_000));
                        default -> call(Kind.PUT, path, seen, random.nextInt(1_000_000));
                    };
            seen = call.version() > 0 ? call.version() : seen;
            calls.add(call);
        }
        return calls;
    }

    private Call call(Kind kind, String path, long expected, long value) {
        String[] condition =
                expected == 0 ? new String[0] : new String[] {"If-Match", "\"" + expected + "\""};
        long begin = System.nanoTime();
        Answer answer =
                switch (kind) {
                    case GET -> api.get(path + "?content=json");
                    case PUT -> api.put(path, "{\"content\": {\"n\": " + value + "}}", condition);
                    case DELETE -> api.delete(path);
                };
        long end = System.nanoTime();
        boolean isShown = answer.status() == 200 || answer.status() == 201;
        long version = isShown ? answer.json().path("version").asLong() : 0;
        long read =
                kind == Kind.GET && isShown
                        ? answer.json().path("content").path("n").asLong()
                        : value;
        return new Call(begin, end, kind, expected, read, answer.status(), version);
    }
}

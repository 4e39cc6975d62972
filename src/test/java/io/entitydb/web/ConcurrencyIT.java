package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.regression.Regression;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that meet at one entity or dataset get what each of them was promised. */
@ServiceTest
class ConcurrencyIT {

    private static final int CLIENTS = 16;

    private final Api api;

    ConcurrencyIT(Api api) {
        this.api = api;
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return call.call();
                                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static List<Callable<Answer>> times(int count, Callable<Answer> call) {
        return IntStream.range(0, count).mapToObj(i -> call).toList();
    }

    @Test
    void unconditionalPutsAllSucceed() throws Exception {
        String path = Api.entity("default", "race-put");

        List<Answer> answers = together(times(CLIENTS, () -> api.put(path, "{\"content\": 1}")));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
        assertThat(answers).extracting(Answer::tag).doesNotHaveDuplicates();
        assertThat(api.get(path).tag()).isEqualTo("\"" + CLIENTS + "\"");
    }

    @Test
    void tagsAddedAtOnceAreAllThere() throws Exception {
        String path = Api.entity("default", "race-patch");
        api.put(path, "{}").expect(201);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String patch = "{\"tags\": {\"add\": [\"client:" + i + "\"]}}";
            calls.add(() -> api.patch(path, patch));
        }

        List<Answer> answers = together(calls);

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(api.get(path).texts("tags")).hasSize(CLIENTS);
    }

    @Test
    void oneOfManyConditionalPutsSucceeds() throws Exception {
        String path = Api.entity("default", "race-condition");
        api.put(path, "{}").expect(201);

        List<Answer> replaced =
                together(times(CLIENTS, () -> api.put(path, "{}", "If-Match", "\"1\"")));
        String fresh = Api.entity("default", "race-create");
        List<Answer> created =
                together(times(CLIENTS, () -> api.put(fresh, "{}", "If-None-Match", "*")));

        assertThat(replaced).extracting(Answer::status).containsOnly(200, 412);
        assertThat(replaced).extracting(Answer::status).containsOnlyOnce(200);
        assertThat(created).extracting(Answer::status).containsOnly(201, 412);
        assertThat(created).extracting(Answer::status).containsOnlyOnce(201);
    }

    /** Of users there is nothing to create yet. */
    @Test
    @Regression(15)
    void oneOfManyCreationsSucceeds() throws Exception {
        List<Answer> entities =
                together(
                        times(
                                CLIENTS,
                                () ->
                                        api.post(
                                                Api.entities("default"),
                                                "{\"id\": \"race-post\"}")));
        List<Answer> datasets =
                together(
                        times(
                                CLIENTS,
                                () -> api.post("/api/v1/datasets", "{\"name\": \"race-ds\"}")));

        assertThat(entities).extracting(Answer::status).containsOnly(201, 409);
        assertThat(entities).extracting(Answer::status).containsOnlyOnce(201);
        assertThat(datasets).extracting(Answer::status).containsOnly(201, 409);
        assertThat(datasets).extracting(Answer::status).containsOnlyOnce(201);
    }

    @Test
    void deletedDatasetHasNoLivingEntities() throws Exception {
        for (int round = 0; round < 30; round++) {
            String name = "race-delete-" + round;
            api.post("/api/v1/datasets", "{\"name\": \"" + name + "\"}").expect(201);
            List<Callable<Answer>> calls = new ArrayList<>();
            calls.add(() -> api.delete("/api/v1/datasets/" + name));
            for (int i = 0; i < 3; i++) {
                String path = Api.entity(name, "entity-" + i);
                calls.add(() -> api.put(path, "{}"));
            }

            List<Answer> answers = together(calls);

            List<Answer> puts = answers.subList(1, answers.size());
            assertThat(puts).extracting(Answer::status).isSubsetOf(201, 404, 409);
            if (answers.getFirst().status() == 204) {
                assertThat(puts).extracting(Answer::status).doesNotContain(201);
                assertThat(api.get("/api/v1/datasets/" + name).status()).isEqualTo(404);
            } else {
                answers.getFirst().expectProblem(409, "dataset-not-empty");
                assertThat(puts).extracting(Answer::status).contains(201);
                assertThat(api.get("/api/v1/datasets/" + name).json().path("state").asString())
                        .isEqualTo("active");
            }
        }
    }
}

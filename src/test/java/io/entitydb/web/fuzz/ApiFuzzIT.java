package io.entitydb.web.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.ReliabilityGoal;
import io.entitydb.storage.ReliabilityReport;
import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whatever is sent to an operation, its answer is one that the description of the interface names,
 * comes soon, and leaves the service well.
 */
@ServiceTest
@TestPropertySource(properties = "entitydb.web.max-body=64KB")
@DirtiesContext
class ApiFuzzIT {

    /** Largest body in bytes: small, so that it is passed often. */
    static final int MAX_BODY = 64 * 1024;

    /** Makes the file anew, which holds up everything behind it: drawn seldom. */
    private static final String COMPACTIONS = "/api/v1/store/compactions";

    private static final long SLOW_MILLIS = 1_000;

    private final long seed = Long.getLong("fuzz.seed", new Random().nextLong());
    private final long begin = System.nanoTime();
    private final Random random = new Random(seed);
    private final Vocabulary words = new Vocabulary();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private final Api api;

    @LocalServerPort private int port;
    private long sent;
    private long slow;
    private long unanswered;
    private long slowest;

    ApiFuzzIT(Api api) {
        this.api = api;
    }

    @Test
    void everyAnswerIsADescribedOne() throws IOException {
        System.out.println("seed " + seed);
        List<DescribedOperation> operations =
                DescribedOperation.of(api.get("/v3/api-docs").expect(200).json());
        assertThat(operations).hasSizeGreaterThan(30);
        makeAPast();
        RequestDrawer drawer = new RequestDrawer(random, words, key());
        RawExchange exchange = new RawExchange(port);

        while (sent < ReliabilityGoal.API_REQUESTS.count()) {
            DescribedOperation operation = operations.get(random.nextInt(operations.size()));
            boolean endsOthersSessions = operation.path().endsWith("signing-keys:rotate");
            if (endsOthersSessions
                    || (operation.path().equals(COMPACTIONS) && random.nextInt(20) > 0)) {
                continue;
            }
            send(exchange, operation, drawer.draw(operation));
        }

        System.out.printf(
                "statuses %s, %d open feeds, %d slow, slowest %d ms%n",
                statuses, unanswered, slow, slowest);
        assertThat(faults.values()).as("seed %d, %d faults", seed, faults.size()).isEmpty();
        assertThat(slow).as("slow answers, seed %d", seed).isLessThan(sent / 500);
        assertThat(statuses.keySet()).contains(200, 201, 202, 204, 400, 404, 412, 422);
        requireWell();
        ReliabilityReport.reached(ReliabilityGoal.API_REQUESTS, seed, sent, begin);
    }

    /** Unlike the token of the other tests, it cannot be logged out. */
    private String key() {
        String body = "{\"label\": \"fuzz\", \"expiresInDays\": 1}";
        return api.post("/api/v1/users/admin/keys", body)
                .expect(201)
                .json()
                .path("key")
                .stringValue();
    }

    /** Entities with versions, some of them deleted, erased, or without their beginning. */
    private void makeAPast() {
        api.post("/api/v1/datasets", "{\"name\": \"fuzz\"}").expect(201);
        for (String id : Set.copyOf(Vocabulary.IDS)) {
            for (int i = 0; i < 4; i++) {
                String body =
                        "{\"tags\": [\"major:%d\"], \"content\": {\"n\": %d}}".formatted(i, i);
                api.put(Api.entity("fuzz", id), body).expect(i == 0 ? 201 : 200);
            }
        }
        api.delete(Api.entity("fuzz", "price-17")).expect(204);
        api.post(Api.entity("fuzz", "none") + ":erase", "{\"confirm\": \"none\"}").expect(202);
        api.put("/api/v1/datasets/fuzz/retention", "{\"maxVersions\": 3}").expect(200);
        String operation = api.post(COMPACTIONS).expect(202).header("Location");
        Awaitility.await()
                .until(() -> api.get(operation).json().path("state").asString().equals("done"));
    }

    private void send(RawExchange exchange, DescribedOperation operation, RawRequest request) {
        sent++;
        try {
            RawExchange.Outcome outcome = exchange.send(request);
            if (outcome.answer().isEmpty()) {
                unanswered++;
                return;
            }
            Answer answer = outcome.answer().get();
            statuses.merge(answer.status(), 1, Integer::sum);
            Judge.check(operation, request, answer);
            boolean mayTakeTime = request.mayWait() || isAwaited(request, answer);
            slowest = Math.max(slowest, mayTakeTime ? 0 : outcome.millis());
            if (outcome.millis() > SLOW_MILLIS && !mayTakeTime) {
                slow++;
                assertThat(exchange.send(request).millis())
                        .as("slow again")
                        .isLessThan(SLOW_MILLIS);
            }
            if (Judge.isDocument(operation, answer)) {
                words.learn(answer.json());
            }
        } catch (AssertionError | IOException | RuntimeException e) {
            String what = String.valueOf(e.getMessage()).lines().limit(12).toList().toString();
            faults.putIfAbsent(
                    operation + " " + what.replaceAll("[0-9a-f-]{20,}", ""),
                    "\n" + operation + ": " + e + "\n" + request);
        }
    }

    /** Waiting for a transaction that does not come takes longer by design. */
    private static boolean isAwaited(RawRequest request, Answer answer) {
        // The answer to a HEAD has no body to tell.
        boolean isTold =
                request.method().equals("HEAD")
                        || answer.body().contains("transaction-not-visible");
        return answer.status() == 503 && isTold;
    }

    private void requireWell() {
        api.get("/readyz").expect(200);
        api.get("/actuator/health").expect(200);
        String path = Api.entity("default", "well");
        api.put(path, "{\"content\": {\"a\": 1}}").expect(201);
        assertThat(api.get(path + "?content=json").json().path("content").path("a").asInt())
                .isEqualTo(1);
    }
}

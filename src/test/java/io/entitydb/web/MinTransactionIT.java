package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request may ask for a transaction that its answer shall reflect. */
@ServiceTest
class MinTransactionIT {

    private static final String HEADER = "EntityDB-Min-Transaction";

    private final Api api;

    private String path = "";

    MinTransactionIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "min-transaction/" + test.getDisplayName());
    }

    @Test
    void transactionsThatAreVisibleAreNotWaitedFor() {
        long written = api.put(path, "{}").transaction();

        for (long wanted : new long[] {0, 1, written}) {
            Answer answer = api.get(path, HEADER, Long.toString(wanted)).expect(200);
            assertThat(answer.transaction()).isGreaterThanOrEqualTo(wanted);
        }
        api.put(path, "{}", HEADER, Long.toString(written)).expect(200);
    }

    @Test
    void transactionsThatDoNotComeAreRefusedAfterAWhile() {
        api.put(path, "{}").expect(201);

        for (String wanted : new String[] {"9007199254740993", "999999999999999999"}) {
            long begin = System.nanoTime();
            Answer refused = api.get(path, HEADER, wanted);
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);

            refused.expectProblem(503, "transaction-not-visible");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(waited).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(30));
        }
        api.put(path, "{\"tags\": [\"not:written\"]}", HEADER, "999999999999999999")
                .expectProblem(503, "transaction-not-visible");
        assertThat(api.get(path).tag()).isEqualTo("\"1\"");
    }

    @Test
    void requestWaitsForATransactionThatIsOnItsWay()
            throws ExecutionException, InterruptedException, TimeoutException {
        long next = api.put(path, "{}").transaction() + 1;
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> api.get(path, HEADER, Long.toString(next)));
        api.put(path, "{\"tags\": [\"n:2\"]}").expect(200);

        Answer answer = waiting.get(30, TimeUnit.SECONDS).expect(200);

        assertThat(answer.transaction()).isGreaterThanOrEqualTo(next);
        assertThat(answer.tag()).isEqualTo("\"2\"");
    }

    @Test
    void valuesThatAreNoTransactionsAreMalformed() {
        for (String value : new String[] {"", "-1", "1.0", "x", "1, 2", "9223372036854775808"}) {
            Answer refused = api.get(path, HEADER, value);
            refused.expectProblem(400, "malformed-request");
            assertThat(refused.faults()).as(value).containsExactly(HEADER);
        }
        api.get(path, HEADER, "1", HEADER, "1").expectProblem(400, "malformed-request");
        assertThat(api.get("/readyz", HEADER, "x").status()).isNotEqualTo(400);
    }
}

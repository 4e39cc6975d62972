package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that change the same entities at once lose nothing, if they say what they rely on. */
@ServiceTest
class TransactionRaceIT {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 20;
    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final Api api;
    private final String run = UUID.randomUUID().toString();

    TransactionRaceIT(Api api) {
        this.api = api;
    }

    /** What one client does in one round. */
    private interface Turn {
        void take(int client, int round) throws Exception;
    }

    private static void together(Turn turn) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                running.add(threads.submit(rounds(turn, client)));
            }
            for (Future<Void> future : running) {
                future.get();
            }
        }
    }

    private static Callable<Void> rounds(Turn turn, int client) {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                turn.take(client, round);
            }
            return null;
        };
    }

    private String path(String id) {
        return Api.entity("default", run + "-" + id);
    }

    private void make(String id, int amount) {
        String tags = "[\"run:" + run + "\"]";
        String entity = "{\"tags\": " + tags + ", \"content\": {\"n\": " + amount + "}}";
        api.put(path(id), entity).expect(201);
    }

    private static int amount(Answer entity) {
        return entity.json().path("content").path("n").asInt();
    }

    private Answer read(String id) {
        return api.get(path(id) + "?content=json").expect(200);
    }

    private static String counter(int amount) {
        return "{\"content\": {\"n\": " + amount + "}}";
    }

    @Test
    void countersWithConditionsLoseNoUpdate() throws Exception {
        make("counter", 0);

        together(
                (client, round) -> {
                    int status = 412;
                    while (status == 412) {
                        Answer now = read("counter");
                        String next = counter(amount(now) + 1);
                        status = api.put(path("counter"), next, "If-Match", now.tag()).status();
                    }
                    assertThat(status).isEqualTo(200);
                });

        assertThat(amount(read("counter"))).isEqualTo(CLIENTS * ROUNDS);
        assertThat(read("counter").tag()).isEqualTo("\"" + (CLIENTS * ROUNDS + 1) + "\"");
    }

    /** The same without a condition: shows that the test above would notice a lost update. */
    @Test
    void countersWithoutConditionsLoseUpdates() throws Exception {
        make("counter", 0);
        CyclicBarrier allHaveRead = new CyclicBarrier(CLIENTS);

        together(
                (client, round) -> {
                    int now = amount(read("counter"));
                    allHaveRead.await();
                    api.put(path("counter"), counter(now + 1)).expect(200);
                });

        assertThat(amount(read("counter"))).isLessThan(CLIENTS * ROUNDS);
    }

    private String put(String id, int amount, String condition) {
        return """
        {"op": "put", "dataset": "default", "id": "%s-%s", "tags": ["run:%s"],
         "content": {"n": %d}%s}\
        """
                .formatted(run, id, run, amount, condition);
    }

    private Answer send(String... operations) {
        return api.post(TRANSACTIONS, "{\"operations\": [" + String.join(", ", operations) + "]}");
    }

    private static String ifMatch(Answer seen) {
        return ", \"ifMatch\": " + seen.tag().replace("\"", "");
    }

    private int sum() {
        Answer accounts =
                api.get(Api.entities("default") + "?tag=run:" + run + "&content=json").expect(200);
        int sum = 0;
        for (JsonNode account : accounts.json().path("items")) {
            sum += account.path("content").path("n").asInt();
        }
        return sum;
    }

    private int transfer(String from, String to, boolean isConditional) {
        Answer source = read(from);
        Answer target = read(to);
        return send(
                        put(from, amount(source) - 1, isConditional ? ifMatch(source) : ""),
                        put(to, amount(target) + 1, isConditional ? ifMatch(target) : ""))
                .status();
    }

    @Test
    void transfersKeepTheSum() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int accounts = 4;
        for (int i = 0; i < accounts; i++) {
            make("account-" + i, 100);
        }

        together(
                (client, round) -> {
                    Random random = new Random(seed + client * 31L + round);
                    int from = random.nextInt(accounts);
                    int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
                    int status = 412;
                    while (status == 412 || status == 409) {
                        status = transfer("account-" + from, "account-" + to, true);
                    }
                    assertThat(status).isEqualTo(200);
                    assertThat(sum()).isEqualTo(accounts * 100);
                });

        assertThat(sum()).isEqualTo(accounts * 100);
        int versions = 0;
        for (int i = 0; i < accounts; i++) {
            versions += Integer.parseInt(read("account-" + i).tag().replace("\"", "")) - 1;
        }
        assertThat(versions).isEqualTo(2 * CLIENTS * ROUNDS);
    }

    /** Without conditions money is made or lost: the sum above would tell. */
    @Test
    void transfersWithoutConditionsDoNotKeepTheSum() throws Exception {
        make("account-a", 1000);
        make("account-b", 1000);
        make("account-c", 1000);
        CyclicBarrier allHaveRead = new CyclicBarrier(CLIENTS);

        together(
                (client, round) -> {
                    boolean isLast = client == CLIENTS - 1;
                    String other = isLast ? "account-c" : "account-b";
                    int a = amount(read("account-a"));
                    int b = amount(read(other));
                    allHaveRead.await();
                    send(put("account-a", a - 1, ""), put(other, b + 1, "")).expect(200);
                });

        assertThat(sum()).isNotEqualTo(3000);
    }

    @Test
    void expectedReadsRuleOutWriteSkew() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(bothLeave("skew-" + round, true)).containsExactlyInAnyOrder(200, 412);
        }
    }

    /** Each relies on the other one's staying without saying so: both leave. */
    @Test
    void readsThatAreNotExpectedDoNot() throws Exception {
        assertThat(bothLeave("skew", false)).containsExactly(200, 200);
    }

    private List<Integer> bothLeave(String name, boolean isExpected) throws Exception {
        make(name + "-0", 1);
        make(name + "-1", 1);
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        List<Callable<Integer>> leaving = new ArrayList<>();
        for (int self = 0; self < 2; self++) {
            String mine = name + "-" + self;
            String others = name + "-" + (1 - self);
            leaving.add(
                    () -> {
                        Answer other = read(others);
                        bothHaveRead.await();
                        String expect =
                                """
                                {"op": "expect", "dataset": "default", "id": "%s-%s"%s}\
                                """
                                        .formatted(run, others, ifMatch(other));
                        return isExpected
                                ? send(put(mine, 0, ""), expect).status()
                                : send(put(mine, 0, "")).status();
                    });
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> future : threads.invokeAll(leaving)) {
                statuses.add(future.get());
            }
        }
        return statuses;
    }
}

package io.entitydb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** All that the service does, done with the client that is published for it. */
@ServiceTest
class ClientIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final AtomicInteger DATASETS = new AtomicInteger();

    private final EntityDbClient client;
    private final int port;
    private String dataset = "";

    /** The other client waits until the service is ready. */
    ClientIT(Api ready, @LocalServerPort int port) {
        this.port = port;
        this.client = EntityDbClients.create("http://127.0.0.1:" + port, Api.tokenOfAdmin(port));
        ready.get("/readyz").expect(200);
    }

    @BeforeEach
    void makeDataset() {
        dataset = "client-" + DATASETS.incrementAndGet();
        client.datasets().create(dataset);
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private static <T> T body(ResponseEntity<T> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private EntityDbException refused(Runnable request) {
        return assertThatExceptionOfType(EntityDbException.class).isThrownBy(request::run).actual();
    }

    @Test
    void lifeOfAnEntity() {
        String id = "@acme/left pad";
        EntityRequest draft = EntityRequest.of("type:package", "status:draft").withId(id);
        String since = client.changes().list(ChangeOptions.since("now")).next();

        ResponseEntity<Entity> made =
                client.entities()
                        .create(
                                dataset,
                                draft.withJson(json("{\"version\":\"1.2.0\",\"price\":1}")),
                                WriteOptions.NONE);
        assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(made.getHeaders().getLocation()).hasToString(path(id));
        assertThat(EntityDbHeaders.version(made)).isOne();
        long first = EntityDbHeaders.transaction(made);
        assertThat(body(made).transaction()).isEqualTo(first);
        assertThat(new String(body(made).bytes(), StandardCharsets.UTF_8)).contains("1.2.0");

        WriteOptions second = WriteOptions.ifVersion(1);
        EntityRequest changed =
                EntityRequest.of("type:package", "status:published")
                        .withJson(json("{\"version\":\"1.3.0\",\"price\":2}"));
        assertThat(client.entities().put(dataset, id, changed, second).getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(refused(() -> client.entities().put(dataset, id, changed, second)).code())
                .isEqualTo("precondition-failed");

        lookBack(id, body(made));

        TransactionResult result = moveOn(id);
        long third = Objects.requireNonNull(result.transaction());
        assertThat(client.transactions().get(third, PageOptions.NONE).changes())
                .extracting(Transaction.VersionMade::id)
                .containsExactly(id, "other");

        ChangePage changes = client.changes().list(ChangeOptions.since(since).in(dataset));
        assertThat(changes.items())
                .extracting(ChangePage.Change::op)
                .containsExactly("created", "updated", "updated", "created");

        Operation erasure = client.entities().erase(dataset, id, "asked for");
        assertThat(erasure.isEnded()).isTrue();
        assertThat(client.store().operation(erasure.id())).isEqualTo(erasure);
        assertThat(refused(() -> client.entities().get(dataset, id)).code())
                .isEqualTo("entity-erased");
        ChangeOptions later =
                ChangeOptions.since(changes.next()).in(dataset).waiting(Duration.ofSeconds(5));
        assertThat(client.changes().list(later).items())
                .extracting(ChangePage.Change::op)
                .containsExactly("erased");
    }

    private void lookBack(String id, Entity made) {
        assertThat(body(client.entities().get(dataset, id, ReadOptions.asOfVersion(1))))
                .isEqualTo(made);
        ReadOptions then = ReadOptions.asOfTransaction(made.transaction()).withJsonContent();
        assertThat(body(client.entities().get(dataset, id, then)).content())
                .isEqualTo(json("{\"version\":\"1.2.0\",\"price\":1}"));
        ReadOptions instant = ReadOptions.asOf(Objects.requireNonNull(made.updatedAt()));
        assertThat(body(client.entities().get(dataset, id, instant)).version()).isOne();

        Diff diff = client.history().diff(dataset, id, "v:1", null);
        assertThat(diff.tags().added()).containsExactly("status:published");
        assertThat(diff.tags().removed()).containsExactly("status:draft");
        assertThat(diff.content().patch())
                .extracting(Diff.PatchOperation::path)
                .containsExactly("/version", "/price");
        Blame blame = client.history().blame(dataset, id, ReadOptions.NONE);
        assertThat(blame.tags().get("type:package")).extracting("version").isEqualTo(1L);
        assertThat(blame.content().version()).isEqualTo(2);
    }

    private TransactionResult moveOn(String id) {
        TransactionRequest request =
                TransactionRequest.of(
                                TransactionOperation.patch(
                                                dataset, id, TagChanges.adding("reviewed:yes"))
                                        .ifVersion(2),
                                TransactionOperation.put(
                                                dataset, "other", EntityRequest.of("type:note"))
                                        .ifAbsent(),
                                TransactionOperation.expect(dataset, "third").ifAbsent())
                        .because("a review");
        assertThat(body(client.transactions().make(request, true, WriteOptions.NONE)).dryRun())
                .isTrue();
        TransactionResult result = body(client.transactions().make(request));
        assertThat(result.results())
                .extracting(TransactionResult.Result::version)
                .containsExactly(3L, 1L, null);
        EntityDbException late = refused(() -> client.transactions().make(request));
        assertThat(late.problem().errors())
                .extracting(Problem.Violation::pointer)
                .containsExactly("/operations/0/ifMatch");
        return result;
    }

    private String path(String id) {
        return "/api/v1/datasets/" + dataset + "/entities/" + Api.segment(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "a/../b",
                "@scope/name",
                "a b",
                "100%",
                "%2F",
                "a+b",
                "a;b=c",
                "a?b#c",
                "{id}",
                "a:restore",
                ":erase",
                "versions/1",
                "\u00e4\uD83D\uDE00",
                "a\\b|c^d`"
            })
    void everyIdIsOneSegment(String id) {
        EntityClient entities = client.entities();

        Entity made = body(entities.put(dataset, id, EntityRequest.of("a:b"), WriteOptions.NONE));

        assertThat(made.id()).isEqualTo(id);
        assertThat(entities.get(dataset, id)).isEqualTo(made);
        entities.patch(dataset, id, TagChanges.setting("a", "c"), WriteOptions.NONE);
        assertThat(client.history().version(dataset, id, 2, ReadOptions.NONE).getBody())
                .extracting(Entity::tags)
                .isEqualTo(List.of("a:c"));
        entities.delete(dataset, id, WriteOptions.NONE);
        entities.restore(dataset, id, WriteOptions.NONE);
        assertThat(body(entities.revert(dataset, id, 1, WriteOptions.NONE)).tags())
                .containsExactly("a:b");
        assertThat(client.history().versions(dataset, id, HistoryOptions.NONE).items())
                .extracting(Entity::id)
                .hasSize(5)
                .containsOnly(id);
    }

    @Test
    void contentIsStreamed() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(17).nextBytes(bytes);
        String id = "films/one";

        ResponseEntity<Entity> whole =
                client.contents()
                        .write(
                                dataset,
                                id,
                                "video/mp4",
                                new ByteArrayResource(bytes),
                                WriteOptions.ifAbsent());
        ResponseEntity<Entity> pieces =
                client.contents()
                        .write(
                                dataset,
                                id,
                                "video/mp4",
                                new InputStreamResource(new ByteArrayInputStream(bytes)),
                                WriteOptions.ifVersion(1));

        assertThat(whole.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(body(pieces).contentDigest()).isEqualTo(body(whole).contentDigest());
        ResponseEntity<InputStream> read =
                client.contents().read(dataset, id, new ContentOptions("v:1", null, null));
        try (InputStream stream = body(read)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(read.getHeaders().getFirst("Content-Type")).isEqualTo("video/mp4");
        ContentOptions part = new ContentOptions(null, "bytes=10-19", null);
        ResponseEntity<InputStream> ten = client.contents().read(dataset, id, part);
        assertThat(ten.getStatusCode()).isEqualTo(HttpStatus.PARTIAL_CONTENT);
        try (InputStream stream = body(ten)) {
            assertThat(stream.readAllBytes()).hasSize(10).startsWith(bytes[10], bytes[11]);
        }
        assertThat(
                        refused(() -> client.contents().read(dataset, "none", ContentOptions.NONE))
                                .code())
                .isEqualTo("entity-not-found");
    }

    @Test
    void conditionsAndKeysReachTheService() {
        EntityRequest request = EntityRequest.of("kind:memo");
        WriteOptions once = WriteOptions.NONE.withIdempotencyKey("client-" + dataset);
        ResponseEntity<Entity> made = client.entities().create(dataset, request, once);
        ResponseEntity<Entity> again = client.entities().create(dataset, request, once);

        assertThat(EntityDbHeaders.isReplayed(made)).isFalse();
        assertThat(EntityDbHeaders.isReplayed(again)).isTrue();
        assertThat(again.getBody()).isEqualTo(made.getBody());

        String id = body(made).id();
        ReadOptions known = new ReadOptions(null, null, null, "\"1\"", null);
        ResponseEntity<Entity> unchanged = client.entities().get(dataset, id, known);
        assertThat(unchanged.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(unchanged.getBody()).isNull();

        ReadOptions visible = ReadOptions.NONE.withMinTransaction(body(made).transaction());
        assertThat(client.entities().get(dataset, id, visible).getBody()).isEqualTo(made.getBody());
        ReadOptions future = ReadOptions.NONE.withMinTransaction(1_000_000_000);
        EntityDbException early = refused(() -> client.entities().get(dataset, id, future));
        assertThat(early.code()).isEqualTo("transaction-not-visible");
        assertThat(early.retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void problemsAreCarriedWhole() {
        EntityDbException invalid =
                refused(
                        () ->
                                client.entities()
                                        .create(
                                                dataset,
                                                EntityRequest.of("nonsense"),
                                                WriteOptions.NONE));

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid).hasMessage("422 invalid-entity: " + invalid.problem().detail());
        assertThat(invalid.problem().type()).hasToString("urn:entitydb:problem:invalid-entity");
        assertThat(invalid.problem().traceId()).matches("[0-9a-f]{32}");
        assertThat(invalid.problem().errors())
                .containsExactly(
                        new Problem.Violation(
                                "/tags/0", null, null, "a tag is written namespace:value", null));
        EntityDbClient elsewhere =
                EntityDbClients.create(
                        "http://127.0.0.1:" + port + "/nowhere/", Api.tokenOfAdmin(port));
        assertThat(refused(() -> elsewhere.entities().get(dataset, "x")).code())
                .isEqualTo("path-not-found");
    }

    @Test
    void mergePatchKeepsEveryDigit() {
        EntityRequest priced = EntityRequest.of().withJson(json("{\"price\":1,\"name\":\"pad\"}"));
        client.entities().put(dataset, "digits", priced, WriteOptions.NONE);

        client.entities()
                .merge(
                        dataset,
                        "digits",
                        json("{\"content\":{\"name\":null,\"big\":123456789012345678901}}"),
                        WriteOptions.NONE);
        client.entities().patch(dataset, "digits", TagChanges.adding("a:b"), WriteOptions.NONE);
        Entity raw = client.entities().get(dataset, "digits");

        assertThat(new String(raw.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"price\":1,\"big\":123456789012345678901}");
        EntityRequest exact =
                EntityRequest.of()
                        .withBytes(
                                "{\"price\":1.50}".getBytes(StandardCharsets.UTF_8),
                                "application/json");
        client.entities().put(dataset, "digits", exact, WriteOptions.NONE);
        ReadOptions asJson = ReadOptions.NONE.withJsonContent();
        assertThat(body(client.entities().get(dataset, "digits", asJson)).content())
                .hasToString("{\"price\":1.50}");
    }

    @Test
    void listsAndTags() {
        for (int i = 1; i <= 5; i++) {
            EntityRequest note = EntityRequest.of("type:note", "month:2026-0" + i);
            client.entities().put(dataset, "note+" + i, note, WriteOptions.NONE);
        }
        EntityQuery query =
                EntityQuery.where(
                                Map.of(
                                        "all", List.of("type:note"),
                                        "not", List.of("month:2026-01")))
                        .sorted("id", 3)
                        .counting("month");

        Page<Entity> first = client.queries().query(dataset, query);
        Page<Entity> second =
                client.queries().query(dataset, query.after(Objects.requireNonNull(first.next())));

        assertThat(first.items())
                .extracting(Entity::id)
                .containsExactly("note+2", "note+3", "note+4");
        assertThat(first.total()).isEqualTo(4);
        assertThat(first.facets())
                .hasEntrySatisfying("month", f -> assertThat(f.distinct()).isEqualTo(4));
        assertThat(second.items()).extracting(Entity::id).containsExactly("note+5");
        assertThat(second.next()).isNull();
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        parameters.add("any", "month:2026-01");
        parameters.add("any", "month:2026-02");
        parameters.add("fields", "id");
        parameters.add("sort", "-id");
        assertThat(client.queries().list(dataset, parameters).items())
                .extracting(Entity::id)
                .containsExactly("note+2", "note+1");
        assertThat(client.queries().namespaces(dataset, PageOptions.NONE).items())
                .containsExactly(
                        new TagCount("month", null, 5, 5), new TagCount("type", null, 1, 5));
        PageOptions two = new PageOptions("tx:" + second.snapshot(), 2, null);
        Page<TagCount> values = client.queries().values(dataset, "month", two);
        assertThat(
                        client.queries()
                                .values(
                                        dataset,
                                        "month",
                                        two.after(Objects.requireNonNull(values.next())))
                                .items())
                .extracting(TagCount::value)
                .containsExactly("2026-03", "2026-04");
        assertThat(client.queries().query(dataset, query.at("tx:" + second.snapshot())).total())
                .isEqualTo(4);
    }

    @Test
    void datasetsAndTheStore() {
        DatasetClient datasets = client.datasets();
        String name = dataset + "-two";

        assertThat(body(datasets.create(name)).version()).isOne();
        assertThat(body(datasets.get(name)).state()).isEqualTo("active");
        Retention rule = new Retention(10L, "P30D");
        assertThat(body(datasets.putRetention(name, rule, WriteOptions.NONE))).isEqualTo(rule);
        assertThat(body(datasets.retention(name))).isEqualTo(rule);
        datasets.deleteRetention(name, WriteOptions.NONE);
        assertThat(body(datasets.retention(name))).isEqualTo(new Retention(null, null));
        datasets.delete(name, WriteOptions.ifVersion(1));
        assertThat(refused(() -> datasets.get(name)).code()).isEqualTo("dataset-not-found");

        Operation checkpoint = client.store().checkpoint();
        Operation compaction = client.store().compact(true);
        assertThat(compaction.kind()).isEqualTo("compaction-dry-run");
        Awaitility.await()
                .until(() -> client.store().operation(compaction.id()).state().equals("done"));
        assertThat(client.store().operations().items())
                .extracting(Operation::id)
                .contains(checkpoint.id(), compaction.id());
    }

    @Test
    void anApplicationsOwnSettingsAreUsed() {
        RestClient.Builder builder =
                RestClient.builder()
                        .baseUrl("http://127.0.0.1:1")
                        .defaultHeaders(headers -> headers.setBearerAuth(Api.tokenOfAdmin(port)))
                        .defaultHeader(EntityDbHeaders.MIN_TRANSACTION, "1000000000");

        EntityDbClient own = EntityDbClients.create("http://127.0.0.1:" + port + "/", builder);

        assertThat(refused(() -> own.entities().get(dataset, "a/b")).code())
                .isEqualTo("transaction-not-visible");
    }
}

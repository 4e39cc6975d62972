package io.entitydb.web.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.model.PlainEntities.Condition;
import io.entitydb.web.model.PlainEntities.Kind;
import io.entitydb.web.model.PlainEntities.State;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Does the same to a service and to a model of it, and compares what they say. */
final class ModelClient {

    private static final String DATASET = "default";
    private static final String FIELDS = "fields=id,version,tags,state,transaction,content";
    private static final List<String> IDS =
            List.of("a", "b", "c", "d/e", "f g", "h%", "i", "j", "k", "l");
    private static final List<String> TAGS = List.of("x:1", "x:2", "y:1", "z:\u00e4");

    private final Random random;
    private final PlainEntities model = new PlainEntities();
    private final Map<String, Integer> tally = new TreeMap<>();
    private long transaction;
    private long operations;
    private int keys;

    ModelClient(Random random) {
        this.random = random;
    }

    /** How many operations were done. */
    long operations() {
        return operations;
    }

    /** How often each operation was answered with each status. */
    Map<String, Integer> tally() {
        return tally;
    }

    /** Does one operation and compares its answer. */
    void step(Api api) {
        operations++;
        String id = IDS.get(random.nextInt(IDS.size()));
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> put(api, id);
            case 3 -> create(api, id);
            case 4, 5 -> patch(api, id);
            case 6 -> delete(api, id);
            case 7 -> restore(api, id);
            case 8 -> revert(api, id);
            case 9 -> makeTransaction(api);
            case 10 -> eraseSometimes(api, id);
            case 11, 12 -> compare(api, id);
            case 13 -> compareVersion(api, id);
            case 14 -> compareAt(api, id);
            default -> compareList(api, random.nextLong(transaction + 1));
        }
    }

    /** Compares all entities, and a list of all of them. */
    void compareAll(Api api) {
        IDS.forEach(id -> compare(api, id));
        IDS.forEach(id -> compareVersion(api, id));
        compareList(api, transaction);
    }

    private String path(String id) {
        return Api.entity(DATASET, id);
    }

    private NavigableSet<String> drawTags() {
        NavigableSet<String> tags = new TreeSet<>();
        TAGS.stream().filter(tag -> random.nextInt(3) == 0).forEach(tags::add);
        return tags;
    }

    private Condition drawCondition(@Nullable State newest) {
        long number = newest == null ? 1 : newest.number();
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Condition("If-Match", "\"" + number + "\"");
            case 2 -> new Condition("If-Match", "\"" + (number + 1) + "\"");
            case 3 -> new Condition("If-Match", "*");
            case 4 -> new Condition("If-None-Match", "*");
            default -> Condition.NONE;
        };
    }

    private static String[] headers(Condition condition, String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        if (condition.header() != null) {
            headers.add(condition.header());
            headers.add(condition.value());
        }
        return headers.toArray(String[]::new);
    }

    private static String body(NavigableSet<String> tags, long amount) {
        return "{\"tags\": %s, \"content\": {\"n\": %d}}".formatted(json(tags), amount);
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    private void put(Api api, String id) {
        State newest = model.newest(id);
        Condition condition = drawCondition(newest);
        NavigableSet<String> tags = drawTags();
        long amount = random.nextInt(1000);
        String[] headers = headers(condition, "Idempotency-Key", "put-" + keys++);

        Answer answer = api.put(path(id), body(tags, amount), headers);

        count("put", answer);
        if (!condition.holds(newest)) {
            answer.expectProblem(412, "precondition-failed");
            return;
        }
        answer.expect(newest != null && newest.isLiving() ? 200 : 201);
        model.save(id, next(answer), tags, amount);
        compareShown(answer, id);
        if (random.nextInt(4) == 0) {
            Answer again = api.put(path(id), body(tags, amount), headers);
            count("replay", again);
            again.expect(answer.status());
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(again.body()).isEqualTo(answer.body());
            api.put(path(id), body(tags, amount + 1), headers)
                    .expectProblem(422, "idempotency-key-reused");
        }
    }

    private void create(Api api, String id) {
        State newest = model.newest(id);
        NavigableSet<String> tags = drawTags();
        String body =
                "{\"id\": %s, \"tags\": %s, \"content\": {\"n\": 7}}"
                        .formatted(json(id), json(tags));

        Answer answer = api.post(Api.entities(DATASET), body);

        count("create", answer);
        if (newest != null && newest.isLiving()) {
            answer.expectProblem(409, "version-conflict");
            return;
        }
        answer.expect(201);
        model.save(id, next(answer), tags, 7);
        compareShown(answer, id);
    }

    private void patch(Api api, String id) {
        State newest = model.newest(id);
        Condition condition = drawCondition(newest);
        boolean isMerge = random.nextBoolean();
        NavigableSet<String> added = drawTags();
        long amount = random.nextInt(1000);

        Answer answer =
                isMerge
                        ? api.merge(
                                path(id),
                                "{\"content\": {\"n\": " + amount + "}}",
                                headers(condition))
                        : api.patch(
                                path(id),
                                "{\"tags\": {\"add\": %s, \"remove\": [\"y:1\"]}}"
                                        .formatted(json(added)),
                                headers(condition));

        count("patch", answer);
        if (isRefused(answer, newest, condition) || newest == null) {
            return;
        }
        answer.expect(200);
        NavigableSet<String> tags = new TreeSet<>(newest.tags());
        if (!isMerge) {
            tags.remove("y:1");
            tags.addAll(added);
        }
        model.save(id, next(answer), tags, isMerge ? amount : newest.amount());
        compareShown(answer, id);
    }

    private void delete(Api api, String id) {
        State newest = model.newest(id);
        Condition condition = drawCondition(newest);

        Answer answer = api.delete(path(id), headers(condition));

        count("delete", answer);
        if (!isRefused(answer, newest, condition)) {
            answer.expect(204);
            model.delete(id, next(answer));
        }
    }

    /** Checks the refusal of a change to what has to live, if it has to be refused. */
    private static boolean isRefused(Answer answer, @Nullable State newest, Condition condition) {
        if (!condition.holds(newest)) {
            answer.expectProblem(412, "precondition-failed");
            return true;
        }
        return isMissing(answer, newest);
    }

    private static boolean isMissing(Answer answer, @Nullable State state) {
        if (state == null) {
            answer.expectProblem(404, "entity-not-found");
        } else if (state.kind() == Kind.ERASED) {
            answer.expectProblem(410, "entity-erased");
        } else if (state.kind() == Kind.DELETED) {
            answer.expectProblem(410, "entity-deleted");
        }
        return state == null || !state.isLiving();
    }

    private void restore(Api api, String id) {
        State newest = model.newest(id);

        Answer answer = api.post(path(id) + ":restore");

        count("restore", answer);
        if (newest == null || newest.kind() == Kind.ERASED) {
            isMissing(answer, newest);
        } else if (newest.isLiving()) {
            answer.expectProblem(409, "version-conflict");
        } else {
            State before = model.versions(id).get((int) newest.number() - 2);
            answer.expect(200);
            model.save(id, next(answer), before.tags(), before.amount());
            compareShown(answer, id);
        }
    }

    private void revert(Api api, String id) {
        State newest = model.newest(id);
        List<State> versions = model.versions(id);
        int number = 1 + random.nextInt(versions.size() + 1);

        Answer answer = api.post(path(id) + ":revert", "{\"to\": \"v:" + number + "\"}");

        count("revert", answer);
        if (isRefused(answer, newest, Condition.NONE)) {
            return;
        }
        if (number > versions.size() || !versions.get(number - 1).isLiving()) {
            answer.expectProblem(422, "invalid-body");
            return;
        }
        State target = versions.get(number - 1);
        answer.expect(200);
        model.save(id, next(answer), target.tags(), target.amount());
        compareShown(answer, id);
    }

    private void makeTransaction(Api api) {
        int first = random.nextInt(IDS.size());
        String one = IDS.get(first);
        String other = IDS.get((first + 1) % IDS.size());
        State newest = model.newest(other);
        long expected = (newest == null ? 0 : newest.number()) + (random.nextInt(3) == 0 ? 1 : 0);
        NavigableSet<String> tags = drawTags();
        String body =
                """
                {"operations": [
                  {"op": "put", "dataset": "default", "id": %s, "tags": %s, "content": {"n": 1}},
                  {"op": "put", "dataset": "default", "id": %s, "tags": %s, "content": {"n": 2},
                   "ifMatch": %d}]}\
                """
                        .formatted(json(one), json(tags), json(other), json(tags), expected);

        Answer answer = api.post("/api/v1/transactions", body);

        count("transaction", answer);
        if (newest == null || newest.number() != expected) {
            answer.expectProblem(412, "precondition-failed");
            compare(api, one);
            return;
        }
        long made = next(answer.expect(200));
        assertThat(answer.json().path("transaction").asLong()).isEqualTo(made);
        model.save(one, made, tags, 1);
        model.save(other, made, tags, 2);
        compare(api, one);
        compare(api, other);
    }

    private void eraseSometimes(Api api, String id) {
        if (random.nextInt(3) > 0) {
            compare(api, id);
            return;
        }
        Answer answer = api.post(path(id) + ":erase", "{\"confirm\": %s}".formatted(json(id)));
        count("erase", answer);
        if (model.newest(id) == null) {
            answer.expectProblem(404, "entity-not-found");
            return;
        }
        answer.expect(202);
        model.erase(id);
    }

    /** The transaction of a change: later than all before it. */
    private long next(Answer answer) {
        long made = answer.transaction();
        assertThat(made).isGreaterThan(transaction);
        transaction = made;
        return made;
    }

    private void count(String what, Answer answer) {
        tally.merge(what + " " + answer.status(), 1, Integer::sum);
    }

    private void compare(Api api, String id) {
        Answer answer = api.get(path(id) + "?content=json&" + FIELDS);
        count("get", answer);
        State newest = model.newest(id);
        if (!isMissing(answer, newest) && newest != null) {
            compareShown(answer.expect(200), id, newest);
        }
    }

    private void compareVersion(Api api, String id) {
        List<State> versions = model.versions(id);
        int number = 1 + random.nextInt(versions.size() + 1);
        Answer answer = api.get(path(id) + "?content=json&asOf=v:" + number + "&" + FIELDS);
        count("version", answer);
        if (number > versions.size()) {
            answer.expectProblem(
                    404, versions.isEmpty() ? "entity-not-found" : "version-not-found");
        } else if (!isMissing(answer, versions.get(number - 1))) {
            compareShown(answer.expect(200), id, versions.get(number - 1));
        }
    }

    private void compareAt(Api api, String id) {
        long at = random.nextLong(transaction + 1);
        Answer answer = api.get(path(id) + "?content=json&asOf=tx:" + at + "&" + FIELDS);
        count("at", answer);
        State state = model.at(id, at);
        if (!isMissing(answer, state) && state != null) {
            assertThat(answer.transaction()).isEqualTo(at);
            compareShown(answer.expect(200), id, state);
        }
    }

    private void compareList(Api api, long at) {
        String tag = TAGS.get(random.nextInt(TAGS.size()));
        String query = "?sort=id&limit=1000&fields=id&asOf=tx:" + at;
        Answer all = api.get(Api.entities(DATASET) + query);
        count("list", all);
        if (at == 0) {
            return;
        }
        assertThat(all.expect(200).ids()).as("at %d", at).isEqualTo(model.idsAt(at, state -> true));
        assertThat(
                        api.get(Api.entities(DATASET) + query + "&tag=" + Api.segment(tag))
                                .expect(200)
                                .ids())
                .as("%s at %d", tag, at)
                .isEqualTo(model.idsAt(at, state -> state.tags().contains(tag)));
    }

    /** What a change shows is the version that it made. */
    private void compareShown(Answer answer, String id) {
        State newest = model.newest(id);
        assertThat(newest).isNotNull();
        assertThat(answer.tag()).isEqualTo("\"" + newest.number() + "\"");
        assertThat(answer.json().path("version").asLong()).isEqualTo(newest.number());
        assertThat(answer.texts("tags")).containsExactlyElementsOf(newest.tags());
        assertThat(answer.json().path("transaction").asLong()).isEqualTo(newest.transaction());
    }

    private static void compareShown(Answer answer, String id, State state) {
        JsonNode expected =
                JsonMapper.shared()
                        .readTree(
                                """
                                {"id": %s, "version": %d, "tags": %s, "content": {"n": %d},
                                 "state": "active", "transaction": %d}\
                                """
                                        .formatted(
                                                json(id),
                                                state.number(),
                                                json(state.tags()),
                                                state.amount(),
                                                state.transaction()));
        assertThat(answer.json()).isEqualTo(expected);
    }
}

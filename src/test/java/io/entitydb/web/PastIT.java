package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.util.ArrayList;
import java.util.List;

/** The past can be read back, version by version and at any point. */
@ServiceTest
class PastIT {

    private final Api api;

    private String path = "";

    PastIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "past/" + test.getDisplayName());
    }

    private List<Answer> write(int count) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            answers.add(api.put(path, "{\"tags\": [\"n:" + i + "\"], \"content\": " + i + "}"));
        }
        return answers;
    }

    private static List<Integer> numbers(Answer page) {
        List<Integer> numbers = new ArrayList<>();
        page.json().path("items").forEach(item -> numbers.add(item.path("version").asInt()));
        return numbers;
    }

    @Test
    void everyPointOfThePastGivesTheVersionThatWasInForce() {
        List<Answer> written = write(3);

        for (Answer answer : written) {
            String version = answer.json().path("version").asString();
            String at = answer.json().path("updatedAt").asString();

            assertThat(api.get(path + "?asOf=v:" + version).expect(200).body())
                    .isEqualTo(answer.body());
            assertThat(api.get(path + "?asOf=tx:" + answer.transaction()).expect(200).body())
                    .isEqualTo(answer.body());
            assertThat(api.get(path + "?asOf=" + at).expect(200).body()).isEqualTo(answer.body());
            assertThat(api.get(path + "?asOf=v:" + version).tag()).isEqualTo(answer.tag());
        }
    }

    @Test
    void headerOfAnAnswerReproducesIt() {
        write(1);
        Answer present = api.get(path).expect(200);
        String at = present.json().path("updatedAt").asString();
        write(1);

        Answer byTransaction = api.get(path + "?asOf=tx:" + present.transaction());
        Answer byInstant = api.get(path + "?asOf=" + at);

        assertThat(byTransaction.body()).isEqualTo(present.body());
        assertThat(byTransaction.transaction()).isEqualTo(present.transaction());
        assertThat(api.get(path + "?asOf=tx:" + byInstant.transaction()).body())
                .isEqualTo(present.body());
    }

    @Test
    void offsetsOfInstantsAreUnderstood() {
        write(1);
        String at = api.get(path).json().path("updatedAt").asString().replace("Z", "%2B00:00");

        api.get(path + "?asOf=" + at).expect(200);
        Answer unescaped = api.get(path + "?asOf=" + at.replace("%2B", "+"));

        unescaped.expectProblem(422, "invalid-query");
        assertThat(unescaped.faults()).containsExactly("asOf");
    }

    @Test
    void pointsBeforeTheFirstVersionAndInTheFutureAreErrors() {
        long before = api.get("/api/v1/datasets").transaction();
        write(2);

        api.get(path + "?asOf=tx:" + before).expectProblem(404, "entity-not-found");
        api.get(path + "?asOf=1999-01-01T00:00:00Z").expectProblem(404, "entity-not-found");
        api.get(path + "?asOf=v:3").expectProblem(404, "version-not-found");
        api.get(path + "/versions/3").expectProblem(404, "version-not-found");
        Answer future = api.get(path + "?asOf=2200-01-01T00:00:00Z");
        future.expectProblem(422, "invalid-query");
        api.get(path + "?asOf=tx:999999999").expectProblem(422, "invalid-query");
    }

    @Test
    void deletedStatesOfThePastAreGone() {
        write(1);
        Answer deleted = api.delete(path).expect(204);
        write(1);

        api.get(path + "?asOf=tx:" + deleted.transaction()).expectProblem(410, "entity-deleted");
        api.get(path + "?asOf=v:2").expectProblem(410, "entity-deleted");
        Answer tombstone = api.get(path + "/versions/2").expect(200);
        assertThat(tombstone.json().path("state").asString()).isEqualTo("deleted");
        assertThat(tombstone.texts("tags")).isEmpty();
        assertThat(tombstone.json().has("content")).isFalse();
    }

    @Test
    void versionsNeverChangeAndMayBeKept() {
        Answer written = write(1).getFirst();

        Answer version = api.get(path + "/versions/1").expect(200);

        assertThat(version.body()).isEqualTo(written.body());
        assertThat(version.header("Cache-Control")).contains("immutable", "max-age=31536000");
        assertThat(version.tag()).isEqualTo("\"1\"");
        assertThat(api.get(path).header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void versionsAreListedNewestFirst() {
        write(3);

        Answer all = api.get(path + "/versions").expect(200);

        assertThat(numbers(all)).containsExactly(3, 2, 1);
        assertThat(all.json().has("next")).isFalse();
        assertThat(all.json().path("snapshot").asLong()).isEqualTo(all.transaction());
        assertThat(all.json().path("items").path(0).has("content")).isFalse();
        assertThat(all.json().path("items").path(0).path("updatedBy").asString()).isNotEmpty();
        assertThat(api.get(path + "/versions?fields=content").json().path("items").path(0))
                .hasToString(
                        "{\"id\":"
                                + all.json().path("items").path(0).path("id")
                                + ",\"content\":\"Mw==\"}");
        assertThat(numbers(api.get(path + "/versions?order=asc"))).containsExactly(1, 2, 3);
        assertThat(numbers(api.get(path + "/versions?from=2"))).containsExactly(2, 1);
        assertThat(numbers(api.get(path + "/versions?from=2&order=asc"))).containsExactly(2, 3);
        assertThat(numbers(api.get(path + "/versions?from=9&order=asc"))).isEmpty();
        assertThat(numbers(api.get(path + "/versions?from=9"))).containsExactly(3, 2, 1);
    }

    @Test
    void versionsAreListedFromOneToAnotherInBothDirections() {
        write(5);

        assertThat(numbers(api.get(path + "/versions?to=4"))).containsExactly(5, 4);
        assertThat(numbers(api.get(path + "/versions?from=4&to=2"))).containsExactly(4, 3, 2);
        assertThat(numbers(api.get(path + "/versions?from=2&to=4&order=asc")))
                .containsExactly(2, 3, 4);
        assertThat(numbers(api.get(path + "/versions?to=99&order=asc&from=5"))).containsExactly(5);
        for (String range : List.of("from=4&to=2", "to=4&from=2&order=asc")) {
            Answer first = api.get(path + "/versions?limit=2&" + range).expect(200);
            String cursor = first.json().path("next").asString();
            Answer second = api.get(path + "/versions?limit=2&" + range + "&cursor=" + cursor);
            List<Integer> seen = numbers(first);
            seen.addAll(numbers(second.expect(200)));
            assertThat(seen).hasSize(3);
            assertThat(second.json().has("next")).isFalse();
        }
        for (String range :
                List.of("from=2&to=4", "from=4&to=2&order=asc", "to=0", "to=x", "to=1&to=2")) {
            Answer refused = api.get(path + "/versions?" + range);
            refused.expectProblem(422, "invalid-query");
            assertThat(refused.faults()).as(range).containsExactly("to");
        }
    }

    @Test
    void pagesOfVersionsStayOnTheirSnapshot() {
        write(5);
        for (String order : List.of("desc", "asc")) {
            List<Integer> seen = new ArrayList<>();
            Answer page = api.get(path + "/versions?limit=2&order=" + order).expect(200);
            long snapshot = page.json().path("snapshot").asLong();
            seen.addAll(numbers(page));
            int newest = api.put(path, "{}").json().path("version").asInt();
            while (page.json().has("next")) {
                String cursor = page.json().path("next").asString();
                page =
                        api.get(path + "/versions?limit=2&order=" + order + "&cursor=" + cursor)
                                .expect(200);
                seen.addAll(numbers(page));
                assertThat(page.json().path("snapshot").asLong()).isEqualTo(snapshot);
            }

            List<Integer> expected = new ArrayList<>();
            for (int i = 1; i < newest; i++) {
                expected.add(order.equals("asc") ? i : newest - i);
            }
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void cursorsOfOtherListingsAndDamagedOnesAreRefused() {
        write(3);
        String cursor = api.get(path + "/versions?limit=1").json().path("next").asString();
        String other = Api.entity("default", "past/other");
        api.put(other, "{}").expect(201);

        for (String query :
                List.of(
                        path + "/versions?order=asc&cursor=" + cursor,
                        path + "/versions?from=2&cursor=" + cursor,
                        other + "/versions?cursor=" + cursor,
                        path + "/versions?cursor=" + cursor.substring(1),
                        path + "/versions?cursor=%21",
                        path + "/versions?cursor=")) {
            Answer refused = api.get(query);
            refused.expectProblem(422, "invalid-query");
            assertThat(refused.faults()).containsExactly("cursor");
        }
    }

    @Test
    void entitiesThatNeverWereHaveNoVersions() {
        api.get(path + "/versions").expectProblem(404, "entity-not-found");
        api.get(path + "/versions/1").expectProblem(404, "entity-not-found");
        api.get(Api.entity("nowhere", "x") + "/versions").expectProblem(404, "dataset-not-found");
    }
}

package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Requests that ask for two points of time at once, or for none that there is, are refused. */
@ServiceTest
class ContradictionsIT {

    private final Api api;

    private String path = "";

    ContradictionsIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void write(TestInfo test) {
        path = Api.entity("default", "contradictions/" + test.getDisplayName());
        api.put(path, "{}").expect(201);
    }

    private void assertRefused(String part, String query, String... headers) {
        Answer refused = api.get(path + query, headers);
        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).as(query).containsExactly(part);
    }

    @Test
    void conditionOnThePresentIsNotForThePast() {
        assertRefused("asOf", "?asOf=v:1", "If-Match", "\"1\"");
        assertRefused("asOf", "?asOf=v:1", "If-Match", "*");
        assertRefused(
                "Accept-Datetime",
                "",
                "If-Match",
                "\"1\"",
                "Accept-Datetime",
                "Sun, 06 Nov 1994 08:49:37 GMT");
        api.get(path, "If-Match", "\"1\"").expect(200);
        api.get(path + "?asOf=v:1", "If-None-Match", "\"1\"").expect(304);
        api.get(path + "/versions/1", "If-Match", "\"1\"").expect(200);
    }

    @Test
    void twoPointsOfTimeAreRefused() {
        assertRefused("asOf", "?asOf=v:1", "Accept-Datetime", "Sun, 06 Nov 1994 08:49:37 GMT");
        assertRefused("asOf", "?asOf=v:1&asOf=v:1");
        assertRefused("fields", "?fields=id&fields=tags");
    }

    @Test
    void changesHaveNoPast() {
        api.put(path + "?asOf=v:1", "{}").expectProblem(422, "unknown-parameter");
        api.patch(path + "?asOf=v:1", "{}").expectProblem(422, "unknown-parameter");
        api.delete(path + "?asOf=v:1").expectProblem(422, "unknown-parameter");
    }

    @Test
    void pointsThatAreNoneAreRefused() {
        for (String point :
                new String[] {
                    "",
                    "v:",
                    "v:0",
                    "v:-1",
                    "v:1.0",
                    "v:0x1",
                    "V:1",
                    "tx:",
                    "tx:-1",
                    "tx:9007199254740993",
                    "tx:9223372036854775808",
                    "v:9223372036854775808",
                    "2200-01-01T00:00:00Z",
                    "9999-12-31T23:59:59Z",
                    "1969-12-31T23:59:59Z",
                    "2026-11-23",
                    "2026-11-23T09:00:00",
                    "2026-11-23T09:00:60Z",
                    "1",
                    "v:1%00",
                    "%D9%A1"
                }) {
            assertRefused("asOf", "?asOf=" + point);
        }
        api.get(path + "?asOf=v:9007199254740993").expectProblem(404, "version-not-found");
        api.get(path + "?asOf=v:2").expectProblem(404, "version-not-found");
        api.get(path + "?asOf=tx:0").expectProblem(404, "entity-not-found");
    }
}

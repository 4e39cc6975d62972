package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Retention;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.Map;

/** Where the beginning of a history was removed, answers say so or begin with what is kept. */
@ServiceTest
class RetiredPastIT {

    private static final String DATASET = "retired";

    private final Api api;
    private final StorageEngine engine;
    private final String path = Api.entity(DATASET, "x");

    RetiredPastIT(Api api, @Autowired StorageEngine engine) {
        this.api = api;
        this.engine = engine;
    }

    /** Versions 1 to 4 with the same tag and content; 1 and 2 are removed. */
    @BeforeEach
    void retire() {
        if (api.get(path).status() == 200) {
            return;
        }
        api.post("/api/v1/datasets", "{\"name\": \"" + DATASET + "\"}").expect(201);
        for (int i = 0; i < 4; i++) {
            api.put(path, "{\"tags\": [\"a:1\"], \"content\": 1}");
        }
        Retention.Rule two = new Retention.Rule(2, null);
        engine.compact(new Retention(Map.of(DATASET, two)), (activity, done, total) -> {});
    }

    @Test
    void removedVersionsAreGone() {
        api.get(path + "?asOf=v:1").expectProblem(410, "version-retired");
        api.get(path + "/versions/2").expectProblem(410, "version-retired");
        api.get(path + "/content?asOf=v:2").expectProblem(410, "version-retired");
        api.get(path + "/diff?from=v:1").expectProblem(410, "version-retired");
        api.get(path + "/diff?to=v:3").expectProblem(410, "version-retired");
        api.get(path + "/diff").expect(200);
    }

    @Test
    void oldestVersionThatIsKeptStandsForAllBefore() {
        Answer chosen =
                api.get(path, "Accept-Datetime", "Sun, 06 Nov 1994 08:49:37 GMT").expect(200);

        assertThat(chosen.tag()).isEqualTo("\"3\"");
        assertThat(chosen.header("Content-Location")).isEqualTo(path + "?asOf=v:3");
        assertThat(chosen.header("Link")).contains("asOf=v:4").doesNotContain("v:1", "v:2");
    }

    @Test
    void originsThatWereRemovedAreNotMadeUp() {
        var blame = api.get(path + "/blame").expect(200).json();

        assertThat(blame.at("/tags/a:1").propertyNames()).containsExactly("at");
        assertThat(blame.at("/content/version").asInt()).isEqualTo(3);
        assertThat(blame.at("/content/orEarlier").asBoolean()).isTrue();
    }

    @Test
    void thereIsNoWayBackToWhatWasRemoved() {
        Answer refused = api.post(path + ":revert", "{\"to\": \"v:1\"}");

        refused.expectProblem(422, "invalid-body");
        assertThat(refused.faults()).containsExactly("/to");
    }

    @Test
    void historyBeginsWithWhatIsKept() {
        String map =
                api.get(path + "/versions?order=asc", "Accept", "application/link-format")
                        .expect(200)
                        .body();

        assertThat(map).contains("asOf=v:3", "asOf=v:4").doesNotContain("v:1", "v:2");
    }
}

package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** Of a history without its beginning, what is left is exported, and imported without a hole. */
@ServiceTest
class RetiredExportIT {

    private static final String FROM = "export-retired";
    private static final String TO = "export-retired-copy";

    private final Api api;

    RetiredExportIT(Api api) {
        this.api = api;
    }

    private void compact() {
        String location = api.post("/api/v1/store/compactions").expect(202).header("Location");
        await().until(() -> !state(location).equals("running"));
        assertThat(state(location)).isEqualTo("done");
    }

    private String state(String operation) {
        return api.get(operation).expect(200).json().path("state").asString();
    }

    private List<JsonNode> lines(String path) {
        return lines(api.get(path).expect(200));
    }

    private static List<JsonNode> lines(Answer answer) {
        return answer.body().lines().map(JsonMapper.shared()::readTree).toList();
    }

    @Test
    void whatIsLeftGoesOut() {
        for (String dataset : List.of(FROM, TO)) {
            api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
        }
        long first = api.put(Api.entity(FROM, "e"), "{\"tags\": [\"n:1\"]}").transaction();
        for (int i = 2; i <= 5; i++) {
            api.put(Api.entity(FROM, "e"), "{\"tags\": [\"n:" + i + "\"]}");
        }
        api.put(Api.entity(FROM, "d"), "{}").expect(201);
        api.delete(Api.entity(FROM, "d")).expect(204);
        api.put("/api/v1/datasets/" + FROM + "/retention", "{\"maxVersions\": 2}").expect(200);
        String whole = Api.entities(FROM) + ":export?history=true";
        api.put(Api.entity(FROM, "d"), "{\"tags\": [\"back:again\"]}").expect(201);

        compact();

        Answer exported = api.get(whole).expect(200);
        assertThat(lines(exported).stream().map(line -> line.path("version").asInt(0)))
                .containsExactly(2, 3, 4, 5, 0);
        assertThat(lines(whole + "&after=d").stream().map(line -> line.path("id").asString("")))
                .containsExactly("e", "e", "");
        api.get(whole + "&asOf=tx:" + first).expectProblem(410, "version-retired");
        for (int time = 1; time <= 2; time++) {
            Answer report =
                    api.send(
                            "POST",
                            Api.entities(TO) + ":import?history=true",
                            BodyPublishers.ofString(exported.body()),
                            "Content-Type",
                            "application/x-ndjson");
            assertThat(lines(report).getLast().path("failed").asInt()).as(report.body()).isZero();
            assertThat(lines(Api.entities(TO) + ":export?history=true"))
                    .extracting(line -> line.path("id").asString("") + line.path("version"))
                    .startsWith("d1", "e1", "e2")
                    .hasSize(4);
        }
    }
}

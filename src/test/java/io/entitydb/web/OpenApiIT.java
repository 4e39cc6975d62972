package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The description of the interface is whole, and says what the interface does. */
@ServiceTest
class OpenApiIT {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

    /** These examples need a user of their own, see AccessIT. */
    private static final Pattern USERS = Pattern.compile("/api/v1/(users|auth)");

    private final Api api;

    OpenApiIT(Api api) {
        this.api = api;
    }

    /**
     * An operation of the description.
     *
     * @param verb the method in capitals
     * @param path the template of the path
     */
    record Operation(String verb, String path, JsonNode json) {

        private String name() {
            return verb + " " + path;
        }

        private List<JsonNode> problems() {
            List<JsonNode> problems = new ArrayList<>();
            json.path("responses")
                    .forEach(
                            answer ->
                                    answer.path("content")
                                            .path("application/problem+json")
                                            .path("examples")
                                            .forEach(e -> problems.add(e.path("value"))));
            return problems;
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : description().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                if (VERBS.contains(verb.getKey())) {
                    operations.add(
                            new Operation(
                                    verb.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    verb.getValue()));
                }
            }
        }
        return operations;
    }

    private JsonNode description() {
        return api.get("/v3/api-docs").expect(200).json();
    }

    /** Clients are generated from it, see the profile generated-client. */
    @Test
    void descriptionIsKept() throws IOException {
        Path file = Path.of("target", "openapi.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, api.get("/v3/api-docs").expect(200).body());

        assertThat(file).isNotEmptyFile();
    }

    @Test
    void everyOperationIsDescribed() throws IOException {
        List<String> known;
        try (InputStream list = OpenApiIT.class.getResourceAsStream("operations.txt")) {
            known = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }

        assertThat(operations())
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(known);
        assertThat(description().path("openapi").asString()).startsWith("3.1");
    }

    @Test
    void everyOperationHasSummaryExamplesAndProblems() {
        for (Operation operation : operations()) {
            JsonNode json = operation.json();
            assertThat(json.path("summary").asString()).as(operation.name()).isNotEmpty();
            assertThat(json.path("operationId").asString()).as(operation.name()).isNotEmpty();
            assertExamples(operation, json.path("requestBody"));
            json.path("responses")
                    .properties()
                    .forEach(
                            answer -> {
                                assertThat(answer.getValue().path("description").asString())
                                        .as(operation.name() + " " + answer.getKey())
                                        .isNotEmpty();
                                if (answer.getKey().startsWith("2")) {
                                    assertThat(answer.getValue().has("content"))
                                            .as("%s: body of %s", operation.name(), answer.getKey())
                                            .isEqualTo(!answer.getKey().equals("204"));
                                    assertExamples(operation, answer.getValue());
                                }
                            });
            assertThat(operation.problems()).as(operation.name()).hasSizeGreaterThan(4);
        }
    }

    private static void assertExamples(Operation operation, JsonNode body) {
        for (Map.Entry<String, JsonNode> media : body.path("content").properties()) {
            assertThat(media.getKey()).as(operation.name()).isNotEqualTo("*/*");
            assertThat(media.getValue().path("schema").isEmpty())
                    .as("%s: schema of %s", operation.name(), media.getKey())
                    .isFalse();
            assertThat(media.getValue().has("example") || media.getValue().has("examples"))
                    .as("%s: example of %s", operation.name(), media.getKey())
                    .isTrue();
        }
    }

    @Test
    void everyOperationHasTagAndParametersOfItsOwn() {
        for (Operation operation : operations()) {
            assertThat(operation.json().path("tags").size()).as(operation.name()).isOne();
            List<String> parameters = new ArrayList<>();
            for (JsonNode parameter : operation.json().path("parameters")) {
                parameters.add(
                        parameter.path("in").asString() + " " + parameter.path("name").asString());
                assertThat(parameter.has("schema")).as(operation.name() + parameter).isTrue();
            }
            assertThat(parameters).as(operation.name()).doesNotHaveDuplicates();
        }
    }

    @Test
    void schemasAreThoseOfTheInterface() {
        assertThat(description().at("/components/schemas").propertyNames())
                .contains(
                        "Entity",
                        "Operation",
                        "Problem",
                        "Transaction",
                        "TransactionOperation",
                        "TransactionRequest",
                        "TransactionResult")
                .doesNotContain("JsonNode", "ObjectNode");
        assertThat(
                        description()
                                .at("/components/schemas/TransactionRequest/properties/operations")
                                .path("items")
                                .path("$ref")
                                .asString())
                .endsWith("/TransactionOperation");
    }

    @Test
    void problemsAreThoseOfTheTable() {
        Set<String> described = new TreeSet<>();
        for (Operation operation : operations()) {
            for (JsonNode problem : operation.problems()) {
                String code = problem.path("code").asString();
                described.add(code);
                ProblemType type =
                        List.of(ProblemType.values()).stream()
                                .filter(known -> known.code().equals(code))
                                .findFirst()
                                .orElseThrow();
                assertThat(problem.path("status").asInt()).isEqualTo(type.status().value());
                assertThat(problem.path("type").asString()).isEqualTo(type.uri().toString());
            }
        }
        assertThat(described)
                .contains(
                        "entity-not-found",
                        "precondition-failed",
                        "storage-full",
                        "body-too-large");
    }

    @Test
    void operationIdsAreTold() {
        assertThat(operations())
                .extracting(operation -> operation.json().path("operationId").asString())
                .doesNotHaveDuplicates()
                .noneMatch(id -> id.matches(".*_\\d+"));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode description = description();

        for (JsonNode reference : description.findValues("$ref")) {
            String pointer = reference.asString();
            assertThat(pointer).startsWith("#/");
            assertThat(description.at(pointer.substring(1)).isMissingNode()).as(pointer).isFalse();
        }
        assertThat(description.path("components").path("schemas").has("Problem")).isTrue();
        assertThat(description.path("components").path("schemas").has("Entity")).isTrue();
    }

    @Test
    void describedEntityHasTheMembersOfARealOne() {
        String path = Api.entity("default", "openapi");
        api.put(path, "{\"tags\": [\"a:b\"], \"content\": \"aGk=\"}");
        Set<String> real = new TreeSet<>(api.get(path + "?fields=*").json().propertyNames());

        Set<String> described =
                new TreeSet<>(
                        description().at("/components/schemas/Entity/properties").propertyNames());

        assertThat(described).isEqualTo(real);
    }

    @Test
    void examplesOfRequestsWork() {
        JsonMapper json = JsonMapper.shared();
        for (Operation operation : operations()) {
            if (USERS.matcher(operation.path()).lookingAt()) {
                continue;
            }
            for (Map.Entry<String, JsonNode> media :
                    operation.json().path("requestBody").path("content").properties()) {
                String path =
                        operation
                                .path()
                                .replace("{dataset}", "default")
                                .replace("{id}", "left-pad")
                                .replace("{role}", "curator");
                api.delete(Api.entity("default", "left-pad"));
                if (operation.verb().equals("PATCH") || operation.path().contains("{id}:")) {
                    api.put(Api.entity("default", "left-pad"), "{}");
                }
                Answer answer =
                        api.send(
                                operation.verb(),
                                path,
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        json.writeValueAsString(media.getValue().path("example"))),
                                "Content-Type",
                                media.getKey());

                assertThat(answer.status())
                        .as(operation.name() + answer.body())
                        .isIn(200, 201, 202);
            }
        }
    }

    @Test
    void browserPageIsServed() {
        Answer redirect = api.get("/swagger-ui");

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(api.get(redirect.header("Location")).expect(200).body()).contains("swagger-ui");
        assertThat(api.get("/v3/api-docs/swagger-config").expect(200).body())
                .contains("/v3/api-docs");
    }
}

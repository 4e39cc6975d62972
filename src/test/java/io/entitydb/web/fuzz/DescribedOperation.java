package io.entitydb.web.fuzz;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An operation as the description of the interface has it.
 *
 * @param method in capitals
 * @param path template of the path
 * @param parameters those of path, query and headers
 * @param bodies examples of bodies by media type; a missing node where a type has none
 * @param problems the codes of problems by status
 * @param media the media types of answers by status; empty for answers without a body
 */
record DescribedOperation(
        String method,
        String path,
        List<Parameter> parameters,
        Map<String, JsonNode> bodies,
        Map<Integer, Set<String>> problems,
        Map<Integer, Set<String>> media) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";

    /**
     * A parameter.
     *
     * @param place path, query or header
     * @param values values that the description names; empty if it names none
     */
    record Parameter(String place, String name, List<String> values) {

        private static Parameter of(JsonNode json) {
            Set<String> values = new TreeSet<>();
            JsonNode schema = json.path("schema");
            for (JsonNode holder : List.of(json, schema, schema.path("items"))) {
                if (holder.has("example")) {
                    values.add(holder.path("example").asString());
                }
                holder.path("enum").forEach(each -> values.add(each.asString()));
            }
            return new Parameter(
                    json.path("in").asString(), json.path("name").asString(), List.copyOf(values));
        }
    }

    /** All operations of a description. */
    static List<DescribedOperation> of(JsonNode description) {
        List<DescribedOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(of(method.getKey(), path.getKey(), method.getValue()));
                }
            }
        }
        return operations;
    }

    private static DescribedOperation of(String method, String path, JsonNode json) {
        List<Parameter> parameters = new ArrayList<>();
        json.path("parameters").forEach(each -> parameters.add(Parameter.of(each)));
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> body :
                json.path("requestBody").path("content").properties()) {
            bodies.put(body.getKey(), body.getValue().path("example"));
        }
        Map<Integer, Set<String>> problems = new TreeMap<>();
        Map<Integer, Set<String>> media = new TreeMap<>();
        for (Map.Entry<String, JsonNode> answer : json.path("responses").properties()) {
            int status = Integer.parseInt(answer.getKey());
            JsonNode content = answer.getValue().path("content");
            media.put(status, new TreeSet<>(content.propertyNames()));
            problems.put(
                    status, new TreeSet<>(content.path(PROBLEM).path("examples").propertyNames()));
        }
        return new DescribedOperation(
                method.toUpperCase(Locale.ROOT), path, parameters, bodies, problems, media);
    }

    /** The parameters of one place. */
    List<Parameter> parametersIn(String place) {
        return parameters.stream().filter(each -> each.place().equals(place)).toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

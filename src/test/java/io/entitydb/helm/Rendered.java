package io.entitydb.helm;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects that the chart made of some values, in the order in which they were rendered.
 *
 * @param objects the objects
 */
record Rendered(List<JsonNode> objects) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    Rendered {
        objects = List.copyOf(objects);
    }

    static Rendered parse(String yaml) {
        return new Rendered(
                StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                        .filter(Objects::nonNull)
                        .map(Rendered::json)
                        .toList());
    }

    /** A document of YAML as JSON. */
    static JsonNode json(Object document) {
        return MAPPER.valueToTree(document);
    }

    /** The only object of that kind and name. */
    JsonNode object(String kind, String name) {
        List<JsonNode> found =
                ofKind(kind).filter(o -> o.at("/metadata/name").asString().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects " + kind + "/" + name);
        }
        return found.getFirst();
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.at("/kind").asString().equals(kind));
    }

    /** Kind and name of each object. */
    List<String> names() {
        return objects.stream()
                .map(o -> o.at("/kind").asString() + "/" + o.at("/metadata/name").asString())
                .toList();
    }

    /** The specifications of all pods, by the objects that make them. */
    List<JsonNode> pods() {
        return objects.stream()
                .map(
                        object ->
                                switch (object.at("/kind").asString()) {
                                    case "StatefulSet" -> object.at("/spec/template/spec");
                                    case "CronJob" ->
                                            object.at("/spec/jobTemplate/spec/template/spec");
                                    case "Pod" -> object.at("/spec");
                                    default -> null;
                                })
                .filter(Objects::nonNull)
                .toList();
    }

    /** The containers of a pod, also those that run before the others. */
    static List<JsonNode> containers(JsonNode pod) {
        return Stream.of("/initContainers", "/containers")
                .flatMap(place -> pod.at(place).valueStream())
                .toList();
    }
}

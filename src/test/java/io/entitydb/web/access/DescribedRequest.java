package io.entitydb.web.access;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request that the OpenAPI document describes, with the example that it gives as its body.
 *
 * @param name the operation's id
 * @param method the method
 * @param template the path, with names in braces
 * @param rights the permissions that it says are needed; null if it says nothing
 * @param mediaType the type of the body; empty without one
 * @param body the example of the body; empty without one
 */
record DescribedRequest(
        String name,
        String method,
        String template,
        JsonNode rights,
        String mediaType,
        String body) {

    private static final List<String> VERBS = List.of("get", "put", "post", "patch", "delete");

    /** All of a document. */
    static List<DescribedRequest> of(JsonNode document) {
        List<DescribedRequest> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                if (VERBS.contains(verb.getKey())) {
                    all.add(of(path.getKey(), verb.getKey(), verb.getValue()));
                }
            }
        }
        return all;
    }

    private static DescribedRequest of(String path, String verb, JsonNode operation) {
        String mediaType = "";
        String body = "";
        JsonNode content = operation.path("requestBody").path("content");
        if (!content.isEmpty()) {
            mediaType = content.propertyNames().iterator().next();
            JsonNode example = content.path(mediaType).path("example");
            body = example.isString() ? example.stringValue() : example.toString();
        }
        return new DescribedRequest(
                operation.path("operationId").stringValue(),
                verb.toUpperCase(Locale.ROOT),
                path,
                operation.path("x-permissions"),
                mediaType,
                body);
    }

    /** The rights as a reader sees them. */
    String rightsText() {
        List<String> texts = new ArrayList<>();
        rights.forEach(right -> texts.add(right.stringValue()));
        return String.join(", ", texts);
    }

    /** Sends it, with names in the place of those in braces, and of the dataset of the examples. */
    Answer send(Api api, Map<String, String> names) {
        String path = template;
        for (Map.Entry<String, String> name : names.entrySet()) {
            path = path.replace("{" + name.getKey() + "}", Api.segment(name.getValue()));
        }
        String text = body.replace("\"packages\"", '"' + names.get("dataset") + '"');
        BodyPublisher publisher =
                mediaType.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text);
        return mediaType.isEmpty()
                ? api.send(method, path, publisher)
                : api.send(method, path, publisher, "Content-Type", mediaType);
    }
}

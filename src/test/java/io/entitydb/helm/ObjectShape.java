package io.entitydb.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * What objects may look like: those of Kubernetes as its own models say, those of operators as
 * {@code custom-resources.yaml} lists their fields. A field that is not known is refused, which a
 * cluster would drop in silence.
 */
final class ObjectShape {

    private static final Map<String, Model> MODELS =
            Map.ofEntries(
                    Map.entry("v1/ConfigMap", V1ConfigMap::validateJsonElement),
                    Map.entry(
                            "v1/PersistentVolumeClaim",
                            V1PersistentVolumeClaim::validateJsonElement),
                    Map.entry("v1/Pod", V1Pod::validateJsonElement),
                    Map.entry("v1/Secret", V1Secret::validateJsonElement),
                    Map.entry("v1/Service", V1Service::validateJsonElement),
                    Map.entry("v1/ServiceAccount", V1ServiceAccount::validateJsonElement),
                    Map.entry("apps/v1/StatefulSet", V1StatefulSet::validateJsonElement),
                    Map.entry("batch/v1/CronJob", V1CronJob::validateJsonElement),
                    Map.entry("networking.k8s.io/v1/Ingress", V1Ingress::validateJsonElement),
                    Map.entry(
                            "networking.k8s.io/v1/NetworkPolicy",
                            V1NetworkPolicy::validateJsonElement),
                    Map.entry(
                            "policy/v1/PodDisruptionBudget",
                            V1PodDisruptionBudget::validateJsonElement));

    private static final JsonNode CUSTOM = custom();

    private ObjectShape() {}

    /**
     * Checks an object.
     *
     * @throws IllegalArgumentException if its kind or one of its fields is not known
     */
    static void check(JsonNode object) {
        String type = object.at("/apiVersion").asString() + "/" + object.at("/kind").asString();
        Model model = MODELS.get(type);
        if (model != null) {
            try {
                model.check(JsonParser.parseString(object.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (CUSTOM.has(type)) {
            check(object, CUSTOM.get(type), type);
        } else {
            throw new IllegalArgumentException("unknown object " + type);
        }
    }

    /** A name that ends in "[]" is of a list; "any" lets everything pass. */
    private static void check(JsonNode value, JsonNode shape, String place) {
        if (shape.isString()) {
            return;
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException(place + " is no object");
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            String next = place + "." + name;
            if (shape.has(name)) {
                check(field.getValue(), shape.get(name), next);
            } else if (shape.has(name + "[]") && field.getValue().isArray()) {
                field.getValue().forEach(item -> check(item, shape.get(name + "[]"), next));
            } else {
                throw new IllegalArgumentException("unknown field " + next);
            }
        }
    }

    private static JsonNode custom() {
        try (InputStream in =
                ObjectShape.class.getResourceAsStream("/helm/custom-resources.yaml")) {
            return Rendered.json(new Yaml().load(Objects.requireNonNull(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Model {
        void check(JsonElement object) throws IOException;
    }
}

package io.entitydb.web.openapi;

import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.MinTransactionFilter;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.idempotency.Idempotent;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemDocument;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts examples, conditions and problem answers into the description of each operation. */
@Component
@RequiredArgsConstructor
final class OperationDocuments implements OperationCustomizer {

    private static final Set<ProblemType> OF_ALL =
            Set.of(
                    ProblemType.MALFORMED_REQUEST,
                    ProblemType.NOT_ACCEPTABLE,
                    ProblemType.UNKNOWN_PARAMETER,
                    ProblemType.TOO_MANY_REQUESTS,
                    ProblemType.INTERNAL_ERROR,
                    ProblemType.TRANSACTION_NOT_VISIBLE,
                    ProblemType.STORAGE_CLOSED,
                    ProblemType.STORAGE_IO);
    private static final Set<ProblemType> OF_BODIES =
            Set.of(
                    ProblemType.MALFORMED_JSON,
                    ProblemType.MISSING_BODY,
                    ProblemType.BODY_TOO_LARGE,
                    ProblemType.BODY_TOO_SLOW,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    ProblemType.INVALID_BODY,
                    ProblemType.UNKNOWN_FIELD);
    private static final Set<ProblemType> OF_CONTENTS =
            Set.of(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    private static final Set<ProblemType> OF_CHANGES =
            Set.of(
                    ProblemType.STORAGE_BUSY,
                    ProblemType.STORAGE_READ_ONLY,
                    ProblemType.OUTCOME_UNKNOWN,
                    ProblemType.STORAGE_FULL);

    private static final Set<ProblemType> OF_IDEMPOTENT =
            Set.of(ProblemType.IDEMPOTENCY_IN_FLIGHT, ProblemType.IDEMPOTENCY_KEY_REUSED);

    private static final String PROBLEM = "#/components/schemas/Problem";

    private final JsonMapper json;

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Problems problems = method.getMethodAnnotation(Problems.class);
        boolean isReading = problems != null && problems.isReading();
        boolean isChange = isChange(method) && !isReading;
        Example example = method.getMethodAnnotation(Example.class);
        if (example != null) {
            addExamples(operation, example);
        }
        if (hasConditions(method)) {
            addConditions(operation);
        }
        if (hasConditions(method) && isGet(method)) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "304", new ApiResponse().description("The client has this version"));
        }
        addHeader(
                operation,
                MinTransactionFilter.NAME,
                "A transaction that the answer shall reflect; waits two seconds for it",
                "8714");
        operation.getResponses().values().forEach(OperationDocuments::addTransaction);
        Set<ProblemType> types = new TreeSet<>(OF_ALL);
        if (method.hasMethodAnnotation(Idempotent.class)) {
            addIdempotency(operation);
            types.addAll(OF_IDEMPOTENT);
        }
        if (operation.getRequestBody() != null) {
            types.addAll(bodyProblems(operation.getRequestBody()));
        }
        if (isChange) {
            types.addAll(OF_CHANGES);
        }
        Requires requires = method.getMethodAnnotation(Requires.class);
        if (requires != null) {
            addRights(operation, requires);
            // Also of those that need no token: two at once are refused.
            types.add(ProblemType.UNAUTHENTICATED);
            if (requires.value().length > 0) {
                types.add(ProblemType.ACCESS_DENIED);
            }
        }
        if (problems != null) {
            types.addAll(Arrays.asList(problems.value()));
        }
        types.forEach(type -> addProblem(operation, type));
        return operation;
    }

    /** For those who make tables of who may do what. */
    private static void addRights(Operation operation, Requires requires) {
        List<String> rights = Arrays.stream(requires.value()).map(Right::toString).toList();
        operation.addExtension("x-permissions", rights);
    }

    private static Set<ProblemType> bodyProblems(RequestBody body) {
        Set<String> mediaTypes = body.getContent() == null ? Set.of() : body.getContent().keySet();
        if (mediaTypes.contains(org.springframework.http.MediaType.APPLICATION_NDJSON_VALUE)) {
            return Set.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        boolean isBinary = mediaTypes.stream().anyMatch(OperationDocuments::isBinary);
        return isBinary ? OF_CONTENTS : OF_BODIES;
    }

    private static boolean isBinary(String mediaType) {
        return mediaType.equals(org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE);
    }

    private void addExamples(Operation operation, Example example) {
        ApiResponse changed = operation.getResponses().get("200");
        if (example.mayCreate() && changed != null) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "201",
                            new ApiResponse().description("Created").content(changed.getContent()));
        }
        if (operation.getRequestBody() != null && !example.request().isEmpty()) {
            setExample(operation.getRequestBody().getContent(), example.request());
        }
        if (!example.text().isEmpty()) {
            operation.getResponses().entrySet().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(answer -> setText(answer.getValue().getContent(), example.text()));
        }
        if (!example.answer().isEmpty()) {
            operation.getResponses().entrySet().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(
                            answer -> setExample(answer.getValue().getContent(), example.answer()));
        }
    }

    /** What is not JSON is a text, whatever the method of the controller returns. */
    private static void setText(@Nullable Content content, String example) {
        if (content != null) {
            Set.copyOf(content.keySet())
                    .forEach(
                            name -> {
                                if (!isJson(name)) {
                                    // The type may be that of the JSON, too.
                                    MediaType text = new MediaType().schema(new StringSchema());
                                    text.setExample(example);
                                    if (isBinary(name)) {
                                        text.getSchema().setFormat("binary");
                                    }
                                    content.put(name, text);
                                }
                            });
        }
    }

    /** Lines of JSON are no JSON. */
    private static boolean isJson(String mediaType) {
        return mediaType.endsWith("/json") || mediaType.endsWith("+json");
    }

    /** An operation with bodies in two languages comes here twice, the second time with both. */
    private void setExample(@Nullable Content content, String example) {
        if (content != null) {
            JsonNode value = json.readTree(example);
            // A body that is taken as the tree that it is.
            content.values().stream()
                    .filter(type -> type.getSchema() == null && value.isObject())
                    .forEach(type -> type.setSchema(new ObjectSchema()));
            content.values().stream()
                    .filter(type -> type.getExample() == null && type.getExamples() == null)
                    .forEach(type -> type.setExample(plain(value)));
        }
    }

    /** The library that writes the description knows plain collections, not this mapper's trees. */
    private Object plain(JsonNode value) {
        return json.convertValue(value, Object.class);
    }

    private static void addConditions(Operation operation) {
        addHeader(
                operation,
                HttpHeaders.IF_MATCH,
                "Only if the entity has one of these versions",
                "\"3\"");
        addHeader(
                operation, HttpHeaders.IF_NONE_MATCH, "Only if the entity has none of these", "*");
    }

    private static void addIdempotency(Operation operation) {
        addHeader(
                operation,
                "Idempotency-Key",
                "1 to 255 visible ASCII characters that name the request. Sent again within"
                        + " 24 hours under the same key, it is not made again but answered"
                        + " again, with the header Idempotency-Replayed: true.",
                "0198c5b2-7d1e-7c3a-9f55-3f1d2c6b8a90");
    }

    /** An operation with bodies in two languages comes here twice. */
    private static void addHeader(
            Operation operation, String name, String description, String example) {
        boolean isThere =
                operation.getParameters() != null
                        && operation.getParameters().stream()
                                .anyMatch(each -> name.equals(each.getName()));
        if (!isThere) {
            operation.addParametersItem(
                    new Parameter()
                            .in("header")
                            .name(name)
                            .description(description)
                            .schema(new StringSchema())
                            .example(example));
        }
    }

    private static void addTransaction(ApiResponse answer) {
        answer.addHeaderObject(
                TransactionHeader.NAME,
                new Header()
                        .description("The transaction that the answer reflects")
                        .schema(new StringSchema().example("8714")));
    }

    private void addProblem(Operation operation, ProblemType type) {
        String status = Integer.toString(type.status().value());
        ApiResponse answer =
                operation.getResponses().computeIfAbsent(status, key -> new ApiResponse());
        Content content = answer.getContent() == null ? new Content() : answer.getContent();
        MediaType media =
                content.computeIfAbsent(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        key -> new MediaType().schema(new Schema<>().$ref(PROBLEM)));
        ProblemDocument document =
                ProblemDocument.of(
                        Problem.of(type, type.title()),
                        "/api/v1/datasets/packages/entities/left-pad",
                        "4bf92f3577b34da6a3ce929d0e0e4736");
        media.addExamples(
                type.code(),
                new io.swagger.v3.oas.models.examples.Example()
                        .value(json.convertValue(document, Object.class)));
        answer.setContent(content);
        answer.setDescription(
                media.getExamples().values().stream()
                        .map(example -> (Map<?, ?>) example.getValue())
                        .map(problem -> String.valueOf(problem.get("title")))
                        .collect(Collectors.joining("; ")));
    }

    private static boolean hasConditions(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .anyMatch(type -> type == Preconditions.class);
    }

    private static boolean isChange(HandlerMethod method) {
        return hasMapping(method) && !isGet(method);
    }

    private static boolean isGet(HandlerMethod method) {
        org.springframework.web.bind.annotation.RequestMapping mapping =
                method.getMethodAnnotation(
                        org.springframework.web.bind.annotation.RequestMapping.class);
        return mapping != null
                && Arrays.stream(mapping.method()).anyMatch(verb -> verb == RequestMethod.GET);
    }

    private static boolean hasMapping(HandlerMethod method) {
        return method.hasMethodAnnotation(
                org.springframework.web.bind.annotation.RequestMapping.class);
    }
}

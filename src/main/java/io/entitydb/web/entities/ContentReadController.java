package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.ByteRange;
import io.entitydb.web.http.DigestField;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.PiecewiseAnswer;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Contents as the bytes that they are, sent in constant memory. */
@RestController
@RequiredArgsConstructor
@Tag(name = "Entities")
class ContentReadController {

    private final EntityQueries queries;

    /** Spring's stand-in for the answer of the request that the present thread works on. */
    private final HttpServletResponse response;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping(ApiPaths.ENTITIES + "/{id}/content")
    @Operation(
            operationId = "getContent",
            summary = "Read the content of an entity",
            description =
                    "The bytes, with their media type and digest, as a file to be saved. Of any"
                            + " version, also in part: a single range is answered with 206, several"
                            + " with the whole. HEAD does the same.")
    @AcceptsRanges
    @Example(text = "hello")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.RANGE_NOT_SATISFIABLE,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA,
        ProblemType.VERSION_RETIRED
    })
    void read(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @ParameterObject ContentParameters parameters,
            Preconditions conditions,
            HttpServletRequest request)
            throws IOException {
        EntityKey key = Datasets.entityKey(dataset, id);
        String asOf = parameters.asOf();
        if (asOf != null && conditions.ifMatch() != null) {
            throw new InvalidQueryException(
                    "asOf", "contradicts If-Match, which is about the present");
        }
        Entity entity =
                queries.about(
                        key, asOf == null ? null : EntityQueries.pointOf(asOf), found -> found);
        boolean isKnown = conditions.isKnown(entity);
        response.setHeader(HttpHeaders.ETAG, EntityTags.of(entity.version().number()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (isKnown) {
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        send(entity, range(entity, request), request);
    }

    /** The part that is wanted; null for the whole. */
    private @Nullable ByteRange range(Entity entity, HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.RANGE);
        String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
        String tag = EntityTags.of(entity.version().number());
        if (header == null || (ifRange != null && !ifRange.strip().equals(tag))) {
            return null;
        }
        long size = entity.content().length();
        ByteRange range = ByteRange.parse(header, size);
        if (range != null) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(size));
            if (range.isOutside()) {
                throw new ProblemException(
                        ProblemType.RANGE_NOT_SATISFIABLE,
                        Violation.inHeader(
                                HttpHeaders.RANGE, "the content has " + size + " bytes"));
            }
        }
        return range;
    }

    /** What can fail is tried before the answer begins: then it can still tell the problem. */
    private void send(Entity entity, @Nullable ByteRange range, HttpServletRequest request)
            throws IOException {
        Content content = entity.content();
        ByteRange part = range == null ? new ByteRange(0, content.length()) : range;
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            begin(entity, range, part.length());
            return;
        }
        try (InputStream bytes = content.source().open()) {
            bytes.skipNBytes(part.first());
            PiecewiseAnswer.send(
                    bytes, part.length(), response, () -> begin(entity, range, part.length()));
        }
    }

    private void begin(Entity entity, @Nullable ByteRange range, long length) {
        Content content = entity.content();
        response.setStatus((range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT).value());
        response.setHeader(HttpHeaders.CONTENT_TYPE, content.mediaType());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(DigestField.REPR_DIGEST, EntityField.digest(content));
        if (range == null) {
            response.setHeader(DigestField.CONTENT_DIGEST, EntityField.digest(content));
        }
        // What somebody stored is not to be run as a page of this service.
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(entity.key().id(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setContentLengthLong(length);
    }
}

package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityKey;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.WebProperties;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.DigestField;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.ReceivedBody;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;

/** Contents that are sent as the bytes that they are. */
@RestController
@RequiredArgsConstructor
@Tag(name = "Entities")
class ContentController {

    private final ContentCommands commands;
    private final WebProperties properties;

    @Requires({Right.ENTITY_VIEW, Right.ENTITY_CREATE, Right.ENTITY_UPDATE})
    @PutMapping(
            path = ApiPaths.ENTITIES + "/{id}/content",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putContent",
            summary = "Send the content of an entity",
            description =
                    "The bytes, of the media type that Content-Type says, of known length or in"
                            + " chunks. The entity keeps its tags and is created where it is"
                            + " missing. A content that does not arrive as a whole leaves nothing"
                            + " that can be seen.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = DigestField.CONTENT_DIGEST,
            description = "Only if the bytes have this SHA-256; Repr-Digest means the same here",
            schema =
                    @Schema(
                            type = "string",
                            example = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:"))
    @RequestBody(
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary"),
                            examples = @ExampleObject(name = "text", value = "hello")))
    @Example(answer = Samples.ENTITY, mayCreate = true)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.BODY_TOO_SLOW,
        ProblemType.VERSION_CONFLICT,
        ProblemType.ENTITY_DAMAGED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.DIGEST_MISMATCH,
        ProblemType.UPLOAD_LOST,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<EntityDocument> put(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            Preconditions conditions,
            HttpServletRequest request)
            throws IOException {
        EntityKey key = Datasets.entityKey(dataset, id);
        requireWhole(request);
        String given = request.getContentType();
        String mediaType = given == null ? Content.OCTET_STREAM : Drafts.requireMediaType(given);
        DigestField stated = DigestField.of(request);
        EntityCommands.Put put =
                commands.put(
                        key, conditions, upload -> receive(upload, request, mediaType, stated));
        return put.isCreated()
                ? EntityAnswers.created(put.entity())
                : EntityAnswers.changed(HttpStatus.OK, put.entity());
    }

    private Content receive(
            ContentUpload upload,
            HttpServletRequest request,
            String mediaType,
            @Nullable DigestField stated)
            throws IOException {
        ReceivedBody.pass(request, upload, properties.uploadTimeout());
        Content content = upload.finish(mediaType);
        if (stated != null) {
            stated.require(content.digest());
        }
        return content;
    }

    /** What is stored is what is sent: neither a part of it, nor something it is made from. */
    private static void requireWhole(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.CONTENT_RANGE) != null) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    Violation.inHeader(HttpHeaders.CONTENT_RANGE, "a content is sent as a whole"));
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    Violation.inHeader(
                            HttpHeaders.CONTENT_ENCODING,
                            "a content is stored as it is sent; send it without an encoding"));
        }
    }
}

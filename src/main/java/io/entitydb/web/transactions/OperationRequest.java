package io.entitydb.web.transactions;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * An operation as requests describe it. Which members it takes depends on what it does.
 *
 * @param op what it does
 * @param dataset the dataset of the entity
 * @param id the id of the entity; null if the service shall make one
 * @param ifMatch versions of which the entity must have one
 * @param ifNoneMatch versions of which the entity must have none
 * @param tags an array; in a patch also an object of changes
 * @param contentType media type of the content
 * @param content a string of base64, or any other JSON value
 */
@Schema(name = "TransactionOperation")
record OperationRequest(
        @Schema(
                        description =
                                "create, put, patch, delete and restore do what the requests of"
                                        + " that name do. expect changes nothing: the transaction"
                                        + " is made only if its conditions hold at the commit.",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        allowableValues = {"create", "put", "patch", "delete", "restore", "expect"},
                        example = "put")
                @Nullable String op,
        @Schema(
                        description = "The dataset of the entity",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "packages")
                @Nullable String dataset,
        @Schema(
                        description = "The id of the entity; left out in create, one is made",
                        example = "left-pad")
                @Nullable String id,
        @Schema(
                        description =
                                "Only if the newest version is this number; * for any living"
                                        + " entity; or the text of the header If-Match",
                        example = "3")
                @Nullable JsonNode ifMatch,
        @Schema(
                        description =
                                "Only if there is no living entity of this version; * for none at"
                                        + " all; or the text of the header If-None-Match",
                        example = "*")
                @Nullable JsonNode ifNoneMatch,
        @Schema(
                        description =
                                "An array of namespace:value. In a patch also an object with add,"
                                        + " remove and set.",
                        example = "[\"type:package\"]")
                @Nullable JsonNode tags,
        @Schema(
                        description = "Media type of the content",
                        types = "string",
                        example = "application/json")
                @Nullable JsonNode contentType,
        @Schema(
                        description =
                                "A string is base64 of the bytes, other values are JSON. In a"
                                        + " patch, a merge patch (RFC 7396) of JSON content.",
                        example = "{\"version\": \"1.3.0\"}")
                @Nullable JsonNode content) {}

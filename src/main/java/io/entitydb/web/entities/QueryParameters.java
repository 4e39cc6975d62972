package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters of a query in a URL: what is described here is what is taken. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        in = ParameterIn.QUERY,
        name = "tag",
        description = "namespace:value that entities carry; repeated: all of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "type:package")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "any",
        description = "namespace:value; repeated: entities carry at least one of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "major:1")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "not",
        description = "namespace:value that entities do not carry; repeated: none of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "scope:none")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "prefix",
        description = "namespace:beginning of a value; repeated: all of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "major:1")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "namespace",
        description = "Namespace of which entities carry any tag; repeated: all of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "type")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "text",
        description =
                "Words and \"phrases\" that the content holds, which is text or JSON; -word excludes,"
                        + " word* takes all beginnings; repeated: all of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "left pad*")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "createdFrom",
        description = "Earliest createdAt, as an RFC 3339 date-time",
        schema = @Schema(type = "string", example = "2026-11-23T09:00:00Z"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "createdTo",
        description = "createdAt before this instant",
        schema = @Schema(type = "string", example = "2026-11-24T09:00:00Z"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "updatedFrom",
        description = "Earliest updatedAt, as an RFC 3339 date-time",
        schema = @Schema(type = "string", example = "2026-11-23T09:00:00Z"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "updatedTo",
        description = "updatedAt before this instant",
        schema = @Schema(type = "string", example = "2026-11-24T09:00:00Z"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "state",
        description = "active (if left out), deleted or any",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"active", "deleted", "any"}))
@Parameter(
        in = ParameterIn.QUERY,
        name = "sort",
        description = "createdAt, updatedAt and id, each with - for descending, parted by commas",
        schema = @Schema(type = "string", example = "-updatedAt,id"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "asOf",
        description =
                "The point of the past at which the dataset is asked: an RFC 3339 date-time (with +"
                        + " written %2B), or tx:N for right after transaction N",
        schema = @Schema(type = "string", example = "tx:8714"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "limit",
        description = "Most entities of the page; 50 if left out",
        schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "cursor",
        description = "The member next of the page before; conditions and order stay the same",
        schema = @Schema(type = "string"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "count",
        description = "exact: tell the number of all hits",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"none", "exact"}))
@Parameter(
        in = ParameterIn.QUERY,
        name = "facets",
        description =
                "Namespaces, parted by commas, whose values are counted over the whole answer",
        schema = @Schema(type = "string", example = "type,major"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "facetLimit",
        description = "Most values of each facet; 20 if left out",
        schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "fields",
        description = "The members that are shown, parted by commas; * for all",
        schema = @Schema(type = "string", example = "id,tags"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "content",
        description = "json: show JSON content as the value that it is, not in base64",
        schema = @Schema(type = "string", allowableValues = "json"))
@interface QueryParameters {}

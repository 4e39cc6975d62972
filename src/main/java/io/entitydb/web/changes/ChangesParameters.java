package io.entitydb.web.changes;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters of the feed: what is described here is what is taken. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        in = ParameterIn.QUERY,
        name = "since",
        description =
                "Where to begin: the cursor of a page or an event; an RFC 3339 date-time (with +"
                        + " written %2B), for what was committed later; tx:N, for what comes after"
                        + " transaction N; 0, the beginning, if left out; now",
        schema = @Schema(type = "string", example = "tx:8713"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "dataset",
        description = "Only changes in this dataset",
        schema = @Schema(type = "string", example = "packages"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "tag",
        description =
                "namespace:value that the entity carries after the change, or carried before it;"
                        + " repeated: all of them",
        array = @ArraySchema(schema = @Schema(type = "string", example = "type:package")))
@Parameter(
        in = ParameterIn.QUERY,
        name = "limit",
        description = "Most changes of a page; 50 if left out; not for live events",
        schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "wait",
        description =
                "How long to wait for the first change, as 30s or 500ms, at most 60s; not at all if"
                        + " left out; not for live events",
        schema = @Schema(type = "string", example = "0s"))
@Parameter(
        in = ParameterIn.HEADER,
        name = "Last-Event-ID",
        description = "The id of the last event that was received; wins over since",
        schema = @Schema(type = "string"))
@interface ChangesParameters {}

package io.entitydb.web.entities;

import io.entitydb.web.http.AcceptDatetime;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The operation takes the datetime of a state that is preferred. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        in = ParameterIn.HEADER,
        name = AcceptDatetime.NAME,
        description = "The datetime of the past state that is preferred, to the second, in GMT",
        schema = @Schema(type = "string", example = "Mon, 23 Nov 2026 21:06:04 GMT"))
@interface AcceptsDatetime {}

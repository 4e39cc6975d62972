package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The operation answers with bytes, whole or in part. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        in = ParameterIn.HEADER,
        name = HttpHeaders.RANGE,
        description = "A single range of bytes",
        schema = @Schema(type = "string", example = "bytes=0-1023"))
@Parameter(
        in = ParameterIn.HEADER,
        name = HttpHeaders.IF_RANGE,
        description = "The version of which a part is wanted; of any other the whole is sent",
        schema = @Schema(type = "string", example = "\"3\""))
@ApiResponse(
        responseCode = "200",
        description = "The whole content, in its own media type",
        content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
@ApiResponse(
        responseCode = "206",
        description = "A part of the content",
        content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
@interface AcceptsRanges {}

package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * Which content is read.
 *
 * @param asOf the point of the past
 */
record ContentParameters(
        @Parameter(
                        description =
                                "A point of the past: an RFC 3339 date-time (with + written %2B),"
                                        + " tx:N or v:N",
                        example = "v:1")
                @Nullable String asOf) {}

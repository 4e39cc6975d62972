package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * Of which state it is told who made its parts.
 *
 * @param asOf the point of the past
 */
record BlameParameters(
        @Parameter(
                        description =
                                "A point of the past: an RFC 3339 date-time (with + written %2B),"
                                        + " tx:N or v:N",
                        example = "v:2")
                @Nullable String asOf) {}

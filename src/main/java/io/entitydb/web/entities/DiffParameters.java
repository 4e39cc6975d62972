package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * What is compared with what.
 *
 * @param from the earlier point
 * @param to the later point
 */
record DiffParameters(
        @Parameter(
                        description =
                                "v:N, tx:N or an RFC 3339 date-time (with + written %2B); the"
                                        + " version before that of to if left out",
                        example = "v:1")
                @Nullable String from,
        @Parameter(
                        description =
                                "v:N, tx:N or an RFC 3339 date-time; the newest version if left"
                                        + " out",
                        example = "v:2")
                @Nullable String to) {}

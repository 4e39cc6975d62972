package io.entitydb.web.tags;

import io.entitydb.query.QueryText;
import io.entitydb.temporal.AsOf;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * Which tags are listed.
 *
 * @param asOf the point of the past
 * @param limit most items of the page
 * @param cursor where the page before ended
 */
record TagParameters(
        @Parameter(
                        description =
                                "A point of the past: an RFC 3339 date-time (with + written %2B), or"
                                        + " tx:N for right after transaction N",
                        example = "tx:8714")
                @Nullable String asOf,
        @Parameter(
                        description = "Most items of the page; 50 if left out",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
                @Nullable String limit,
        @Parameter(description = "The member next of the page before; asOf stays the same")
                @Nullable String cursor) {

    /** The point that is asked about; null for the present. */
    @Nullable AsOf point() {
        return asOf == null ? null : QueryText.asOf("asOf", asOf);
    }
}

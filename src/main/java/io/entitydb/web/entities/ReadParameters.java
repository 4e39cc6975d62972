package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * How a single entity is read.
 *
 * @param asOf the point of the past
 * @param fields the members that are shown
 * @param content how content is shown
 */
record ReadParameters(
        @Parameter(
                        description =
                                "A point of the past: an RFC 3339 date-time (with + written %2B),"
                                        + " tx:N for right after transaction N, or v:N for version N",
                        example = "tx:8714")
                @Nullable String asOf,
        @Parameter(
                        description =
                                "The members that are shown, parted by commas; * for all. Left out,"
                                        + " all but tagTimes.",
                        example = "*")
                @Nullable String fields,
        @Parameter(
                        description =
                                "include: show also content above 64 KiB. json: the same, and JSON"
                                        + " content as the value that it is, not in base64.",
                        example = "json")
                @Nullable String content) {

    /** The whole entity as it is. */
    static final ReadParameters NONE = new ReadParameters(null, null, null);
}

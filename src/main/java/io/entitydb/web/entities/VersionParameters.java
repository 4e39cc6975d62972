package io.entitydb.web.entities;

import io.entitydb.web.http.PageParameters;
import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * Which versions are listed, and how.
 *
 * @param from first version
 * @param to last version
 * @param order order of the numbers
 * @param limit most versions of the page
 * @param cursor where the page before ended
 * @param fields the members that are shown
 */
record VersionParameters(
        @Parameter(description = "The first version; in descending order the highest")
                @Nullable String from,
        @Parameter(description = "The last version; in descending order the lowest")
                @Nullable String to,
        @Parameter(description = "desc, newest first, or asc; desc if left out", example = "desc")
                @Nullable String order,
        @Parameter(description = "Most versions of the page, 1 to 1000; 50 if left out")
                @Nullable String limit,
        @Parameter(description = PageParameters.CURSOR) @Nullable String cursor,
        @Parameter(
                        description =
                                "The members that are shown, parted by commas; * for all. Left out,"
                                        + " all but tagTimes and content.")
                @Nullable String fields) {}

package io.entitydb.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A page as answers show it. All pages of one answer show the same snapshot.
 *
 * @param items what was found, in order
 * @param next the parameter {@code cursor} of the next page; null on the last
 * @param snapshot newest transaction that the answer reflects
 * @param total number of all hits, if it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageDocument<T>(
        @Schema(description = "What was found, in order") List<T> items,
        @Schema(description = "Cursor of the next page; left out on the last")
                @Nullable String next,
        @Schema(description = "Newest transaction that the answer reflects", example = "8714")
                long snapshot,
        @Schema(description = "Number of all hits; only with count=exact") @Nullable Long total) {

    /** Copies the items. */
    public PageDocument {
        items = List.copyOf(items);
    }

    /** A page as answers show it. */
    public static <T> PageDocument<T> of(Page<T> page) {
        return new PageDocument<>(page.items(), page.next(), page.snapshot(), page.total());
    }
}

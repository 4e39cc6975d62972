package io.entitydb.web.changes;

import io.swagger.v3.oas.annotations.media.Schema;

import java.util.List;

/**
 * A part of the feed.
 *
 * @param items the changes, in the order of their commits
 * @param next the parameter {@code since} of the next page
 * @param isComplete whether nothing more was durable when the page was made
 * @param checkpoint how far the page tells
 */
@Schema(name = "Changes", description = "A part of the feed of changes")
record ChangesPage(
        @Schema(description = "The changes, in the order of their commits")
                List<ChangeDocument> items,
        @Schema(description = "The parameter since of the next page; always there") String next,
        @Schema(description = "Whether the page reaches the newest durable transaction")
                boolean isComplete,
        CheckpointDocument checkpoint) {

    /** Copies the items. */
    ChangesPage {
        items = List.copyOf(items);
    }
}

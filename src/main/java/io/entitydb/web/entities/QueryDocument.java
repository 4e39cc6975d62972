package io.entitydb.web.entities;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.query.Facet;
import io.entitydb.query.ValueCount;
import io.entitydb.web.http.PageDocument;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of entities, with how the whole answer is made up. All pages of one answer show the same
 * snapshot.
 *
 * @param items what was found, in order
 * @param next the cursor of the next page; null on the last
 * @param snapshot newest transaction that the answer reflects
 * @param total number of all hits, if it was asked for
 * @param facets for each namespace that was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueryDocument(
        @Schema(description = "What was found, in order") List<EntityDocument> items,
        @Schema(description = "Cursor of the next page; left out on the last")
                @Nullable String next,
        @Schema(description = "Newest transaction that the answer reflects", example = "8714")
                long snapshot,
        @Schema(description = "Number of all hits; only with count=exact") @Nullable Long total,
        @Schema(description = "By namespace, the most frequent values of the whole answer")
                @Nullable Map<String, FacetDocument> facets) {

    /** Copies the items. */
    QueryDocument {
        items = List.copyOf(items);
    }

    /** A page, with facets if there are any. */
    static QueryDocument of(PageDocument<EntityDocument> page, @Nullable List<Facet> facets) {
        Map<String, FacetDocument> byNamespace = null;
        if (facets != null) {
            byNamespace = new LinkedHashMap<>();
            for (Facet facet : facets) {
                byNamespace.put(
                        facet.namespace(), new FacetDocument(facet.distinct(), facet.values()));
            }
        }
        return new QueryDocument(
                page.items(), page.next(), page.snapshot(), page.total(), byNamespace);
    }

    /**
     * How an answer is made up, by one namespace.
     *
     * @param distinct number of different values in the whole answer
     * @param values the most frequent of them
     */
    record FacetDocument(
            @Schema(description = "Number of different values in the whole answer", example = "2")
                    long distinct,
            @Schema(description = "The most frequent of them") List<ValueCount> values) {}
}

package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A query. What is left out is as the interface describes it.
 *
 * @param where conditions that all hold: {@code all}, {@code any}, {@code not} with lists of tags
 *     and of further such maps, {@code prefix}, {@code namespace}, {@code text} with a string or a
 *     list of strings, and the bounds of times
 * @param state {@code active}, {@code deleted} or {@code any}
 * @param asOf {@code tx:N} or an RFC 3339 date-time
 * @param sort {@code createdAt}, {@code updatedAt} and {@code id}, a minus for descending, parted
 *     by commas
 * @param limit most entities of the page, 1 to 1000
 * @param cursor {@code next} of the page before
 * @param count {@code exact} for the number of all hits
 * @param fields the members that are shown, parted by commas; {@code *} for all
 * @param content {@code json} for JSON content as the value that it is
 * @param facets namespaces whose values are counted
 * @param facetLimit most values of each facet, 1 to 1000
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntityQuery(
        @Nullable Map<String, ?> where,
        @Nullable String state,
        @Nullable String asOf,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String count,
        @Nullable String fields,
        @Nullable String content,
        @Nullable List<String> facets,
        @Nullable Integer facetLimit) {

    /** Copies the collections. */
    public EntityQuery {
        where = where == null ? null : Map.copyOf(where);
        facets = facets == null ? null : List.copyOf(facets);
    }

    /** Living entities that fulfil conditions. */
    public static EntityQuery where(Map<String, ?> conditions) {
        return new EntityQuery(
                conditions, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same at a point of the past. */
    public EntityQuery at(String point) {
        return new EntityQuery(
                where,
                state,
                point,
                sort,
                limit,
                cursor,
                count,
                fields,
                content,
                facets,
                facetLimit);
    }

    /** The same in another order, so many to a page. */
    public EntityQuery sorted(String order, int most) {
        return new EntityQuery(
                where,
                state,
                asOf,
                order,
                most,
                cursor,
                count,
                fields,
                content,
                facets,
                facetLimit);
    }

    /** The same, with the number of all hits and of the values of namespaces. */
    public EntityQuery counting(String... namespaces) {
        return new EntityQuery(
                where,
                state,
                asOf,
                sort,
                limit,
                cursor,
                "exact",
                fields,
                content,
                namespaces.length == 0 ? null : List.of(namespaces),
                facetLimit);
    }

    /** The same from another page on. */
    public EntityQuery after(String next) {
        return new EntityQuery(
                where, state, asOf, sort, limit, next, count, fields, content, facets, facetLimit);
    }
}

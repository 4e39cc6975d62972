package io.entitydb.web.entities;

import io.entitydb.query.EntityQuery;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.PageRequest;
import io.entitydb.query.QueryText;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * A query as a JSON object. What is left out is as in the URL form.
 *
 * @param where a clause, see {@link ClauseReader}; null for every entity
 */
@Schema(name = "QueryRequest")
record QueryRequest(
        @Schema(
                        description =
                                "What entities fulfil. An object whose members all hold: all, any"
                                        + " and not with arrays of tags and further such objects;"
                                        + " prefix, namespace and text with a string or an array of"
                                        + " them, of which all hold; createdFrom, createdTo,"
                                        + " updatedFrom and updatedTo with date-times, the To ones"
                                        + " excluded. Left out, every entity.",
                        types = "object",
                        example =
                                "{\"all\": [\"type:package\", {\"any\": [\"major:1\","
                                        + " \"major:2\"]}]}")
                @Nullable JsonNode where,
        @Schema(
                        description = "active (if left out), deleted or any",
                        allowableValues = {"active", "deleted", "any"})
                @Nullable String state,
        @Schema(
                        description =
                                "The point of the past at which the dataset is asked: an RFC 3339"
                                        + " date-time, or tx:N for right after transaction N",
                        example = "tx:8714")
                @Nullable String asOf,
        @Schema(
                        description =
                                "createdAt, updatedAt and id, each with - for descending, parted by"
                                        + " commas",
                        example = "-updatedAt,id")
                @Nullable String sort,
        @Schema(
                        description = "Most entities of the page; 50 if left out",
                        types = "integer",
                        minimum = "1",
                        maximum = "1000",
                        example = "50")
                @Nullable JsonNode limit,
        @Schema(
                        description =
                                "The member next of the page before; all else that says what is"
                                        + " found stays the same")
                @Nullable String cursor,
        @Schema(
                        description = "exact: tell the number of all hits",
                        allowableValues = {"none", "exact"})
                @Nullable String count,
        @Schema(
                        description = "The members that are shown, parted by commas; * for all",
                        example = "id,tags")
                @Nullable String fields,
        @Schema(
                        description = "json: show JSON content as the value that it is",
                        allowableValues = "json")
                @Nullable String content,
        @ArraySchema(
                        schema =
                                @Schema(
                                        description =
                                                "Namespaces whose values are counted over the whole"
                                                        + " answer",
                                        example = "type"),
                        maxItems = 16)
                @Nullable List<String> facets,
        @Schema(
                        description = "Most values of each facet; 20 if left out",
                        types = "integer",
                        minimum = "1",
                        maximum = "1000",
                        example = "20")
                @Nullable JsonNode facetLimit) {

    /** The query that the members say. */
    EntityQuery query(String dataset) {
        return new EntityQuery(
                dataset,
                ClauseReader.read(where, "/where"),
                state == null ? EntityQuery.States.ACTIVE : QueryText.states("/state", state),
                sort == null ? List.of() : QueryText.sort("/sort", sort),
                asOf == null ? null : QueryText.asOf("/asOf", asOf));
    }

    /** The facets that are wanted; null if none are. */
    @Nullable FacetRequest facetRequest() {
        int most = number(facetLimit, "/facetLimit", FacetRequest.DEFAULT_VALUES);
        return facets == null ? null : new FacetRequest(facets, most);
    }

    /** The number of entities that is wanted at most. */
    int pageLimit() {
        return number(limit, "/limit", PageRequest.DEFAULT_LIMIT);
    }

    /** By hand: the mapper would make numbers of strings and round what has a fraction. */
    private static int number(@Nullable JsonNode value, String pointer, int otherwise) {
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.INVALID_BODY,
                            Violation.inBody(pointer, "a whole number is expected")));
        }
        return value.intValue();
    }
}

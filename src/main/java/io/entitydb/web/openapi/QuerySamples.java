package io.entitydb.web.openapi;

/** Queries and their answers that serve as examples in the description of the interface. */
public final class QuerySamples {

    /** A query. */
    public static final String QUERY =
            """
            {"where": {"all": ["type:package", {"any": ["major:1", "major:2"]}],
                       "not": ["status:draft"], "text": "left pad*"},
             "sort": "-updatedAt,id", "limit": 20, "count": "exact", "fields": "id,tags",
             "facets": ["major"]}
            """;

    /** A page of entities with a facet. */
    public static final String ANSWER =
            """
            {"items": [{"id": "left-pad", "tags": ["major:1", "type:package"]}],
             "next": "AAEAAAAAAAAiCg", "snapshot": 8714, "total": 31,
             "facets": {"major": {"distinct": 2,
                                  "values": [{"value": "1", "entities": 28},
                                             {"value": "2", "entities": 3}]}}}
            """;

    /** A page of namespaces. */
    public static final String NAMESPACES =
            """
            {"items": [{"namespace": "major", "values": 12, "entities": 5310},
                       {"namespace": "type", "values": 2, "entities": 5400}],
             "snapshot": 8714}
            """;

    /** A page of values. */
    public static final String VALUES =
            """
            {"items": [{"value": "note", "entities": 90}, {"value": "package", "entities": 5310}],
             "snapshot": 8714}
            """;

    private QuerySamples() {}
}

package io.entitydb.search;

import io.entitydb.query.EntityQuery;
import io.entitydb.query.Facet;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.NamespaceCount;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.TagSearch;
import io.entitydb.query.ValueCount;
import io.entitydb.temporal.AsOf;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A search for tags whose answers are timed. */
@RequiredArgsConstructor
final class MeasuredTagSearch implements TagSearch {

    private final TagSearch search;
    private final QueryTimes times;

    @Override
    public Page<NamespaceCount> namespaces(
            String dataset, @Nullable AsOf asOf, PageRequest request) {
        return times.measured(QueryKind.TAGS, () -> search.namespaces(dataset, asOf, request));
    }

    @Override
    public Page<ValueCount> values(
            String dataset, String namespace, @Nullable AsOf asOf, PageRequest request) {
        return times.measured(
                QueryKind.TAGS, () -> search.values(dataset, namespace, asOf, request));
    }

    @Override
    public List<Facet> facets(EntityQuery query, FacetRequest request) {
        return times.measured(QueryKind.FACETS, () -> search.facets(query, request));
    }
}

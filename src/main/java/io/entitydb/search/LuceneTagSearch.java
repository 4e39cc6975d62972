package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Facet;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.NamespaceCount;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.query.TagSearch;
import io.entitydb.query.ValueCount;
import io.entitydb.storage.StorageEngine;
import io.entitydb.temporal.AsOf;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Counts the tags in the index. Keeps nothing between pages. Thread-safe. */
final class LuceneTagSearch implements TagSearch {

    private final Moments moments;
    private final ViewSource views;

    /** Counts in the views what the engine holds. */
    LuceneTagSearch(StorageEngine engine, ViewSource views) {
        this.moments = new Moments(engine, views);
        this.views = views;
    }

    /** Reads a number of items behind the last one of the page before. */
    @FunctionalInterface
    private interface Reading<T> {
        List<T> read(TagCounts counts, @Nullable String after, int limit) throws IOException;
    }

    @Override
    public Page<NamespaceCount> namespaces(
            String dataset, @Nullable AsOf asOf, PageRequest request) {
        return page(
                living(dataset, asOf),
                QueryFingerprint.of(living(dataset, asOf), "namespaces"),
                request,
                TagCounts::namespaces,
                NamespaceCount::namespace);
    }

    @Override
    public Page<ValueCount> values(
            String dataset, String namespace, @Nullable AsOf asOf, PageRequest request) {
        return page(
                living(dataset, asOf),
                QueryFingerprint.of(living(dataset, asOf), "values of " + namespace),
                request,
                (counts, after, limit) -> counts.values(namespace, after, limit),
                ValueCount::value);
    }

    @Override
    public List<Facet> facets(EntityQuery query, FacetRequest request) {
        try (Moment moment = moments.at(query.asOf())) {
            TagCounts counts = counts(query, moment);
            List<Facet> facets = new ArrayList<>();
            for (String namespace : request.namespaces()) {
                facets.add(counts.facet(namespace, request.limit()));
            }
            return facets;
        } catch (IOException e) {
            views.condemn(e);
            throw new SearchUnavailableException("search index cannot be read", e);
        }
    }

    private static TagCounts counts(EntityQuery query, Moment moment) throws IOException {
        return new TagCounts(
                new TagTerms(moment.view().searcher(), Answering.queries(query, moment)),
                query.dataset());
    }

    /** Nothing else has tags. */
    private static EntityQuery living(String dataset, @Nullable AsOf asOf) {
        return new EntityQuery(
                dataset, new Condition.Everything(), EntityQuery.States.ACTIVE, List.of(), asOf);
    }

    private <T> Page<T> page(
            EntityQuery query,
            Digest fingerprint,
            PageRequest request,
            Reading<T> reading,
            Function<T, String> name) {
        Cursor cursor =
                request.cursor() == null ? null : moments.cursor(request.cursor(), fingerprint, 0);
        try (Moment moment = cursor == null ? moments.at(query.asOf()) : moments.at(cursor)) {
            List<T> found =
                    reading.read(
                            counts(query, moment),
                            cursor == null ? null : cursor.place().id(),
                            request.limit() + 1);
            List<T> shown = found.subList(0, Math.min(request.limit(), found.size()));
            String next =
                    found.size() > shown.size()
                            ? new Cursor(
                                            moment.origin(),
                                            moment.sequence(),
                                            fingerprint,
                                            new SortOrder.Place(
                                                    List.of(), name.apply(shown.getLast())))
                                    .write()
                            : null;
            return new Page<>(shown, next, moment.sequence(), null);
        } catch (IOException e) {
            views.condemn(e);
            throw new SearchUnavailableException("search index cannot be read", e);
        }
    }
}

package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds entities in the index and reads them from the engine.
 *
 * <p>The index says which version of which entity, and in which order; what it says is confirmed by
 * the engine at the snapshot of the answer. What was erased since is left out. Keeps nothing
 * between pages. Thread-safe.
 */
final class LuceneEntitySearch implements EntitySearch {

    private final Moments moments;
    private final ViewSource views;

    /** A search that finds in the views what the engine holds. */
    LuceneEntitySearch(StorageEngine engine, ViewSource views) {
        this.moments = new Moments(engine, views);
        this.views = views;
    }

    @Override
    public Page<Entity> search(EntityQuery query, PageRequest page) {
        SortOrder order = SortOrder.of(query.sort());
        Digest fingerprint = QueryFingerprint.of(query);
        Cursor cursor =
                page.cursor() == null
                        ? null
                        : moments.cursor(page.cursor(), fingerprint, order.numbers());
        try (Moment moment = cursor == null ? moments.at(query.asOf()) : moments.at(cursor)) {
            long sequence = moment.sequence();
            ViewSearch search =
                    new ViewSearch(moment.view(), Answering.queries(query, moment), order);
            List<Hit> hits =
                    search.first(
                            page.limit() + 1,
                            cursor == null ? behind(page.afterId(), order) : cursor.place());
            List<Hit> shown = hits.subList(0, Math.min(page.limit(), hits.size()));
            List<Entity> items = confirmed(query.dataset(), shown, moment.snapshot());
            String next =
                    hits.size() > shown.size()
                            ? new Cursor(
                                            moment.origin(),
                                            sequence,
                                            fingerprint,
                                            shown.getLast().place())
                                    .write()
                            : null;
            Long total = page.isCounted() ? (Long) search.count() : null;
            return new Page<>(items, next, sequence, total);
        } catch (IOException e) {
            views.condemn(e);
            throw new SearchUnavailableException("search index cannot be read", e);
        }
    }

    private static SortOrder.@Nullable Place behind(@Nullable String id, SortOrder order) {
        if (id != null && order.numbers() > 0) {
            throw new InvalidQueryException("sort", "a part begins behind an id in their order");
        }
        return id == null ? null : new SortOrder.Place(List.of(), id);
    }

    private static List<Entity> confirmed(String dataset, List<Hit> hits, Snapshot snapshot)
            throws IOException {
        List<EntityKey> keys = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            keys.add(new EntityKey(dataset, hit.place().id()));
        }
        snapshot.expect(keys);
        List<Entity> entities = new ArrayList<>(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            EntityKey key = keys.get(i);
            @Nullable Entity entity = snapshot.latest(key).orElse(null);
            if (entity == null || entity.version().number() != hit.version()) {
                throw new IOException(
                        "index finds version "
                                + hit.version()
                                + " at transaction "
                                + snapshot.sequence()
                                + ", the engine does not");
            }
            if (!entity.isErased()) {
                entities.add(entity);
            }
        }
        return entities;
    }
}

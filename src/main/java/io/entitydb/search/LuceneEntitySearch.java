package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds entities in the index and reads them from the engine.
 *
 * <p>The index says which version of which entity, and in which order; what it says is confirmed by
 * the engine at the snapshot of the answer. Keeps nothing between pages. Thread-safe.
 */
@RequiredArgsConstructor
final class LuceneEntitySearch implements EntitySearch {

    private final StorageEngine engine;
    private final ViewSource views;

    /** A query with all that one page of its answer needs. */
    private record Question(
            EntityQuery query, SortOrder order, Digest fingerprint, PageRequest page) {}

    @Override
    public Page<Entity> search(EntityQuery query, PageRequest page) {
        Snapshot snapshot = engine.snapshot();
        IndexOrigin origin = IndexOrigin.of(engine);
        Question question =
                new Question(query, SortOrder.of(query.sort()), QueryFingerprint.of(query), page);
        SortOrder.@Nullable Place after = null;
        if (page.cursor() != null) {
            Cursor cursor = Cursor.read(page.cursor());
            cursor.requireFits(
                    origin,
                    snapshot.sequence(),
                    question.fingerprint(),
                    question.order().numbers());
            snapshot = engine.snapshotAt(cursor.snapshot());
            after = cursor.place();
        }
        try (SearchView view = views.at(origin, snapshot.sequence())) {
            return answer(question, after, snapshot, origin, view.searcher());
        } catch (IOException e) {
            views.condemn(e);
            throw new SearchUnavailableException("search index cannot be read", e);
        }
    }

    private Page<Entity> answer(
            Question question,
            SortOrder.@Nullable Place after,
            Snapshot snapshot,
            IndexOrigin origin,
            IndexSearcher searcher)
            throws IOException {
        Query query = QueryTranslator.translate(question.query(), snapshot.sequence());
        SortOrder order = question.order();
        int limit = question.page().limit();
        ScoreDoc[] found =
                searcher.search(
                                query,
                                new TopFieldCollectorManager(
                                        order.sort(),
                                        limit + 1,
                                        after == null ? null : order.behind(after),
                                        limit + 1))
                        .scoreDocs;
        List<Entity> items = new ArrayList<>(Math.min(limit, found.length));
        for (int i = 0; i < found.length && i < limit; i++) {
            EntityKey key =
                    new EntityKey(question.query().dataset(), order.id((FieldDoc) found[i]));
            items.add(confirmed(key, version(searcher, found[i].doc), snapshot));
        }
        String next = null;
        if (found.length > limit) {
            SortOrder.Place last = order.place((FieldDoc) found[limit - 1]);
            next = new Cursor(origin, snapshot.sequence(), question.fingerprint(), last).write();
        }
        Long total = question.page().isCounted() ? (long) searcher.count(query) : null;
        return new Page<>(items, next, snapshot.sequence(), total);
    }

    private static long version(IndexSearcher searcher, int document) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        NumericDocValues versions = DocValues.getNumeric(leaf.reader(), Documents.VERSION);
        if (!versions.advanceExact(document - leaf.docBase)) {
            throw new IOException("document " + document + " has no version");
        }
        return versions.longValue();
    }

    private static Entity confirmed(EntityKey key, long version, Snapshot snapshot)
            throws IOException {
        return snapshot.latest(key)
                .filter(entity -> entity.version().number() == version)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "index finds version "
                                                + version
                                                + " at transaction "
                                                + snapshot.sequence()
                                                + ", the engine does not"));
    }
}

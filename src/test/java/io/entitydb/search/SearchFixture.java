package io.entitydb.search;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.StepObserver;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.TagSearch;
import io.entitydb.storage.StorageEngine;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A search over an engine, wired as in production, with its follower running. */
final class SearchFixture implements AutoCloseable {

    static final Duration NEVER = Duration.ofDays(1);
    static final Duration GATHER_TIME = Duration.ofSeconds(1);
    static final Duration QUERY_WAIT = Duration.ofSeconds(30);
    static final String DATASET = "default";

    final CurrentIndex current;
    final IndexFollower follower;
    final SearchMonitor monitor;
    final EntitySearch search;
    final TagSearch tagSearch;

    SearchFixture(StorageEngine engine, DirectorySource source, Duration commitInterval) {
        this(engine, source, commitInterval, QUERY_WAIT);
    }

    SearchFixture(
            StorageEngine engine,
            DirectorySource source,
            Duration commitInterval,
            Duration queryWait) {
        current = new CurrentIndex(queryWait);
        follower =
                new IndexFollower(
                        engine,
                        source,
                        current,
                        new IndexFollower.Timing(
                                commitInterval, GATHER_TIME, Duration.ofMillis(1)));
        monitor = new IndexMonitor(engine, current, new QueryTimes(StepObserver.NONE));
        search = new LuceneEntitySearch(engine, current);
        tagSearch = new LuceneTagSearch(engine, current);
        follower.start();
    }

    /** A search over files in memory that are gone afterwards. */
    static SearchFixture inMemory(StorageEngine engine) {
        return new SearchFixture(engine, inMemory(), NEVER);
    }

    /** Files in memory that outlive each opening. */
    static DirectorySource inMemory() {
        Directory files = new ByteBuffersDirectory();
        return () -> kept(files);
    }

    /** Files that stay when they are closed. */
    static Directory kept(Directory files) {
        return new FilterDirectory(files) {
            @Override
            public void close() {
                // The files belong to the test.
            }
        };
    }

    /** Ids of a whole answer, page by page. */
    static List<String> ids(EntitySearch search, EntityQuery query, int limit) {
        return all(search, query, limit).stream().map(e -> e.key().id()).toList();
    }

    /** A whole answer, page by page. */
    static List<Entity> all(EntitySearch search, EntityQuery query, int limit) {
        List<Entity> items = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Entity> page = search.search(query, new PageRequest(limit, cursor, false));
            items.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return items;
    }

    static EntityQuery active(Condition where) {
        return new EntityQuery(DATASET, where, EntityQuery.States.ACTIVE, List.of());
    }

    static EntityQuery everything() {
        return active(new Condition.Everything());
    }

    static PageRequest first(int limit) {
        return new PageRequest(limit, null, false);
    }

    static EntityKey key(String id) {
        return new EntityKey(DATASET, id);
    }

    static Set<Tag> tags(String... texts) {
        Set<Tag> tags = new TreeSet<>();
        for (String text : texts) {
            tags.add(Tag.parse(text));
        }
        return tags;
    }

    static MemoryEngine.Changes put(String id, String... tags) {
        return new MemoryEngine.Changes().put(key(id), tags(tags));
    }

    static MemoryEngine.Changes delete(String id) {
        return new MemoryEngine.Changes().delete(key(id));
    }

    @Override
    public void close() {
        follower.stop();
    }
}

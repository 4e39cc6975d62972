package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Facet;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.NamespaceCount;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.ValueCount;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.AsOf;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Tags, words, facets, counts and pages at random points of time, against lists of all that ever
 * was ({@link PlainHistory}); with deletions, restorations, erasures, restarts, killed processes
 * and writers between the pages.
 */
class QueryModelTests {

    private static final int STARTS = 4;
    private static final int QUERIES_A_START = 30;

    private long seed;
    private Random random = new Random();
    private RandomHistory queries = new RandomHistory(random);
    private PlainHistory history = new PlainHistory(random);
    private long hits;
    private long pagesOfThePast;
    private long facetsWithValues;
    private long hitsByWords;

    static LongStream seeds() {
        return LongStream.of(3, System.nanoTime());
    }

    /** What an answer shows of an entity. */
    private record Shown(String id, long version, Set<Tag> tags, Digest content) {

        private static Shown of(Entity entity) {
            return new Shown(
                    entity.key().id(),
                    entity.version().number(),
                    entity.tags().keySet(),
                    entity.content().digest());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersLikeTheModelAtEveryPointOfTime(long seedOfRun) {
        seed = seedOfRun;
        System.out.println("seed of queries against the model: " + seed);
        random = new Random(seed);
        queries = new RandomHistory(random);
        history = new PlainHistory(random);
        SimulatedDisk disk = new SimulatedDisk(seed);
        DirectorySource files = SearchFixture.inMemory();
        for (int start = 0; start < STARTS; start++) {
            StorageEngine engine =
                    StorageEngine.over(disk, StorageOptions.defaults(), StorageObserver.NONE);
            engine.open();
            SearchFixture fixture = new SearchFixture(engine, files, NEVER);
            for (int i = 0; i < QUERIES_A_START; i++) {
                commit(engine, 1 + random.nextInt(4));
                if (random.nextInt(10) == 0) {
                    history.erase(engine);
                    awaitErasure(fixture);
                }
                askForEntities(engine, fixture);
                askForNamespaces(engine, fixture);
                askForValues(engine, fixture);
            }
            SimulatedDisk left = random.nextBoolean() ? disk.snapshotOfCache() : disk;
            fixture.close();
            engine.close();
            disk = left;
        }

        assertThat(hits).isGreaterThan(300);
        assertThat(pagesOfThePast).isGreaterThan(30);
        assertThat(facetsWithValues).isGreaterThan(20);
        assertThat(hitsByWords).isGreaterThan(10);
    }

    private void commit(StorageEngine engine, int count) {
        for (int i = 0; i < count; i++) {
            history.commit(engine);
        }
    }

    /** Lists leave out at once what was erased; counts do when the index has followed. */
    private void awaitErasure(SearchFixture fixture) {
        for (String dataset : List.of("d", "d-2", "dd")) {
            EntityQuery all =
                    new EntityQuery(
                            dataset, new Condition.Everything(), EntityQuery.States.ANY, List.of());
            long expected = NaiveSearch.search(all, history.stateAfter(history.newest())).size();
            PageRequest request = new PageRequest(1, null, true);
            await().until(
                            () ->
                                    Long.valueOf(expected)
                                            .equals(fixture.search.search(all, request).total()));
        }
    }

    /** The point that is asked for, and the transaction that it means. */
    private record Point(@Nullable AsOf asOf, long sequence) {}

    private Point point() {
        long sequence = random.nextLong(history.newest() + 1);
        return switch (random.nextInt(3)) {
            case 0 -> new Point(null, history.newest());
            case 1 -> new Point(new AsOf.AtTransaction(sequence), sequence);
            default -> new Point(new AsOf.AtInstant(history.instantOf(sequence)), sequence);
        };
    }

    private void askForEntities(StorageEngine engine, SearchFixture fixture) {
        Point point = point();
        EntityQuery drawn = queries.query();
        EntityQuery query =
                new EntityQuery(
                        drawn.dataset(), drawn.where(), drawn.states(), drawn.sort(), point.asOf());
        List<Entity> expected = NaiveSearch.search(query, history.stateAfter(point.sequence()));
        String about = "seed " + seed + ", " + query + " at " + point.sequence();

        List<Shown> found = new ArrayList<>();
        @Nullable String cursor = null;
        long snapshot;
        do {
            PageRequest request = new PageRequest(1 + random.nextInt(6), cursor, true);
            Page<Entity> page = fixture.search.search(query, request);
            assertThat(page.total()).as(about).isEqualTo((long) expected.size());
            page.items().forEach(entity -> found.add(Shown.of(entity)));
            snapshot = page.snapshot();
            cursor = page.next();
            pagesOfThePast += point.asOf() == null ? 0 : 1;
            commit(engine, random.nextInt(2));
        } while (cursor != null);

        assertThat(found)
                .as(about)
                .containsExactlyElementsOf(expected.stream().map(Shown::of).toList());
        assertThat(snapshot).as(about).isLessThanOrEqualTo(point.sequence());
        checkFacets(fixture, query.at(snapshot), expected, about);
        hits += found.size();
        hitsByWords += QueryTranslator.asksForText(query.where()) ? found.size() : 0;
    }

    private void checkFacets(
            SearchFixture fixture, EntityQuery query, List<Entity> expected, String about) {
        int limit = 1 + random.nextInt(4);
        for (Facet facet :
                fixture.tagSearch.facets(
                        query, new FacetRequest(RandomHistory.NAMESPACES, limit))) {
            Map<String, Long> counts = counts(expected, facet.namespace());
            List<ValueCount> top =
                    byValue(counts).stream()
                            .sorted(Comparator.comparingLong(ValueCount::entities).reversed())
                            .limit(limit)
                            .toList();

            assertThat(facet.values()).as(about + facet).isEqualTo(top);
            assertThat(facet.distinct()).as(about + facet).isEqualTo(counts.size());
            facetsWithValues += facet.values().isEmpty() ? 0 : 1;
        }
    }

    private static Map<String, Long> counts(List<Entity> entities, String namespace) {
        return entities.stream()
                .flatMap(entity -> entity.tags().keySet().stream())
                .filter(tag -> tag.namespace().equals(namespace))
                .collect(Collectors.groupingBy(Tag::value, TreeMap::new, Collectors.counting()));
    }

    /** In the order of tags, which is that of their bytes. */
    private static List<ValueCount> byValue(Map<String, Long> counts) {
        return counts.keySet().stream()
                .map(value -> new Tag("n", value))
                .sorted()
                .map(tag -> new ValueCount(tag.value(), counts.getOrDefault(tag.value(), 0L)))
                .toList();
    }

    private void askForNamespaces(StorageEngine engine, SearchFixture fixture) {
        Point point = point();
        String dataset = queries.dataset();
        List<Entity> state = state(dataset, point);
        List<NamespaceCount> expected = new ArrayList<>();
        for (String namespace : List.of("N", "n.n", "n", "nn")) {
            long entities =
                    state.stream()
                            .filter(
                                    entity ->
                                            entity.tags().keySet().stream()
                                                    .anyMatch(t -> t.namespace().equals(namespace)))
                            .count();
            if (entities > 0) {
                expected.add(
                        new NamespaceCount(namespace, counts(state, namespace).size(), entities));
            }
        }

        assertThat(pages(engine, p -> fixture.tagSearch.namespaces(dataset, point.asOf(), p)))
                .as("seed %s, namespaces of %s at %s", seed, dataset, point)
                .isEqualTo(expected);
    }

    private void askForValues(StorageEngine engine, SearchFixture fixture) {
        Point point = point();
        String dataset = queries.dataset();
        List<Entity> state = state(dataset, point);
        String namespace =
                RandomHistory.NAMESPACES.get(random.nextInt(RandomHistory.NAMESPACES.size()));

        assertThat(
                        pages(
                                engine,
                                p -> fixture.tagSearch.values(dataset, namespace, point.asOf(), p)))
                .as("seed %s, values of %s in %s at %s", seed, namespace, dataset, point)
                .isEqualTo(byValue(counts(state, namespace)));
    }

    private List<Entity> state(String dataset, Point point) {
        return history.stateAfter(point.sequence()).stream()
                .filter(entity -> entity.key().dataset().equals(dataset))
                .toList();
    }

    private <T> List<T> pages(StorageEngine engine, Function<PageRequest, Page<T>> ask) {
        List<T> items = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<T> page = ask.apply(new PageRequest(1 + random.nextInt(4), cursor, false));
            items.addAll(page.items());
            cursor = page.next();
            if (cursor != null) {
                commit(engine, random.nextInt(2));
            }
        } while (cursor != null);
        return items;
    }
}

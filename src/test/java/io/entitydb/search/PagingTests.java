package io.entitydb.search;

import static io.entitydb.search.SearchFixture.DATASET;
import static io.entitydb.search.SearchFixture.active;
import static io.entitydb.search.SearchFixture.delete;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Entity;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SortKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

class PagingTests {

    private final MemoryEngine engine = new MemoryEngine();

    @Test
    void ordersIdsByTheirBytes() {
        engine.commit(put("\ud83d\ude00"));
        engine.commit(put("\ufb01"));
        engine.commit(put("a"));
        engine.commit(put("B"));
        engine.commit(put("ab"));

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            assertThat(ids(fixture.search, everything(), 2))
                    .containsExactly("B", "a", "ab", "\ufb01", "\ud83d\ude00");
        }
    }

    @Test
    void endsWithoutCursorExactlyAtTheLastHit() {
        for (int i = 0; i < 4; i++) {
            engine.commit(put("e" + i));
        }

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            Page<Entity> all = fixture.search.search(everything(), first(4));
            Page<Entity> most = fixture.search.search(everything(), first(3));
            Page<Entity> rest =
                    fixture.search.search(everything(), new PageRequest(3, most.next(), false));

            assertThat(all.next()).isNull();
            assertThat(all.items()).hasSize(4);
            assertThat(most.next()).isNotNull();
            assertThat(rest.items()).hasSize(1);
            assertThat(rest.next()).isNull();
            assertThat(rest.total()).isNull();
        }
    }

    @Test
    void beginsBehindAnIdWhetherItIsThereOrNot() {
        for (String id : List.of("a", "c", "e", "g")) {
            engine.commit(put(id));
        }

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            Page<Entity> page = fixture.search.search(everything(), PageRequest.after("b", 2));

            assertThat(page.items())
                    .extracting(entity -> entity.key().id())
                    .containsExactly("c", "e");
            assertThat(fixture.search.search(everything(), PageRequest.after("e", 2)).items())
                    .extracting(entity -> entity.key().id())
                    .containsExactly("g");
            assertThat(fixture.search.search(everything(), PageRequest.after("g", 2)).items())
                    .isEmpty();
            EntityQuery byTime =
                    new EntityQuery(
                            DATASET,
                            new Condition.Everything(),
                            EntityQuery.States.ACTIVE,
                            List.of(new SortKey(SortKey.Field.CREATED_AT, false)));
            assertThatExceptionOfType(InvalidQueryException.class)
                    .isThrownBy(() -> fixture.search.search(byTime, PageRequest.after("b", 2)));
        }
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new PageRequest(2, "cursor", false, "b"));
    }

    @Test
    void showsDeletedEntitiesAsTheirTombstones() {
        engine.commit(put("gone", "type:a"));
        engine.commit(put("alive", "type:a"));
        engine.commit(delete("gone"));

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            Condition everything = new Condition.Everything();
            Condition tagged = new Condition.HasTag(new Tag("type", "a"));
            assertThat(inState(fixture, EntityQuery.States.DELETED, everything))
                    .containsExactly("gone");
            assertThat(inState(fixture, EntityQuery.States.ANY, everything))
                    .containsExactly("alive", "gone");
            assertThat(inState(fixture, EntityQuery.States.ANY, tagged)).containsExactly("alive");
            assertThat(inState(fixture, EntityQuery.States.DELETED, tagged)).isEmpty();
        }
    }

    private static List<String> inState(
            SearchFixture fixture, EntityQuery.States states, Condition where) {
        return SearchFixture.ids(
                fixture.search, new EntityQuery(DATASET, where, states, List.of()), 10);
    }

    /** The entities of an answer all change between its pages, and keep changing during them. */
    @Test
    void pagesUnderWritersNeitherRepeatNorSkip() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of pages under writers: " + seed);
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(random);
        for (int i = 0; i < 300; i++) {
            engine.commit(history.changes(engine.snapshot()));
        }
        AtomicBoolean isWriting = new AtomicBoolean(true);
        Semaphore permits = new Semaphore(0);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer =
                Thread.ofPlatform()
                        .name("writer")
                        .uncaughtExceptionHandler((_, e) -> failure.set(e))
                        .start(
                                () -> {
                                    RandomHistory changes = new RandomHistory(new Random(seed + 1));
                                    while (isWriting.get()) {
                                        permits.acquireUninterruptibly();
                                        engine.commit(changes.changes(engine.snapshot()));
                                    }
                                });

        long pages = 0;
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            for (int i = 0; i < 100; i++) {
                EntityQuery query = byUpdate(history.query());
                List<Entity> found = new ArrayList<>();
                @Nullable String cursor = null;
                long snapshot;
                do {
                    permits.release(20);
                    Page<Entity> page =
                            fixture.search.search(
                                    query, new PageRequest(1 + random.nextInt(5), cursor, false));
                    snapshot = page.snapshot();
                    found.addAll(page.items());
                    cursor = page.next();
                    pages++;
                } while (cursor != null);

                assertThat(found)
                        .as("seed %s: %s", seed, query)
                        .containsExactlyElementsOf(
                                NaiveSearch.search(query, engine.stateAfter(snapshot)));
            }
        } finally {
            isWriting.set(false);
            permits.release();
            writer.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(pages).isGreaterThan(150);
    }

    /** The order in which writes move entities most: to the very end or beginning. */
    private static EntityQuery byUpdate(EntityQuery query) {
        List<SortKey> sort = new ArrayList<>(query.sort());
        sort.addFirst(new SortKey(SortKey.Field.UPDATED_AT, query.sort().size() % 2 == 0));
        return new EntityQuery(query.dataset(), query.where(), query.states(), sort);
    }

    @Test
    void laterPagesShowVersionsThatAreGoneMeanwhile() {
        engine.commit(put("a", "type:x"));
        engine.commit(put("b", "type:x"));
        engine.commit(put("c", "type:x"));
        EntityQuery query = active(new Condition.HasTag(new Tag("type", "x")));

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            Page<Entity> one = fixture.search.search(query, first(1));
            engine.commit(put("b", "type:y"));
            engine.commit(delete("c"));
            engine.commit(put("d", "type:x"));
            Page<Entity> two = fixture.search.search(query, new PageRequest(1, one.next(), true));
            engine.commit(delete("b"));
            Page<Entity> three = fixture.search.search(query, new PageRequest(1, two.next(), true));

            assertThat(two.items()).extracting(e -> e.key().id()).containsExactly("b");
            assertThat(two.items().getFirst().version().number()).isEqualTo(1);
            assertThat(three.items()).extracting(e -> e.key().id()).containsExactly("c");
            assertThat(three.items().getFirst().isDeleted()).isFalse();
            assertThat(three.next()).isNull();
            assertThat(three.total()).isEqualTo(3);
            assertThat(SearchFixture.ids(fixture.search, query, 9)).containsExactly("a", "d");
        }
    }
}

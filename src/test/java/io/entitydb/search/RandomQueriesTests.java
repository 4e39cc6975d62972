package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Compares random answers on random histories with those of {@link NaiveSearch}. */
class RandomQueriesTests {

    private static final int QUERIES = 400;

    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }

    /** Each page comes after further transactions, so that later ones ask for the past. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersLikeALookAtEveryEntity(long seed) throws Exception {
        System.out.println("seed of random queries: " + seed);
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(random);
        MemoryEngine engine = new MemoryEngine();
        long hits = 0;
        long laterPages = 0;

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            for (int i = 0; i < QUERIES; i++) {
                commit(engine, history, random.nextInt(5));
                long newest = engine.snapshot().sequence();
                EntityQuery query = asOf(history.query(), history.asOf(newest));
                long snapshot = snapshot(query.asOf(), newest);
                List<Entity> expected = NaiveSearch.search(query, engine.stateAfter(snapshot));
                int limit = 1 + random.nextInt(8);

                List<Entity> found = new ArrayList<>();
                @Nullable String cursor = null;
                do {
                    Page<Entity> page =
                            fixture.search.search(query, new PageRequest(limit, cursor, true));
                    assertThat(page.snapshot()).isEqualTo(snapshot);
                    assertThat(page.total()).isEqualTo((long) expected.size());
                    assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                    found.addAll(page.items());
                    cursor = page.next();
                    laterPages += cursor == null ? 0 : 1;
                    commit(engine, history, random.nextInt(3));
                } while (cursor != null);

                assertThat(found)
                        .as("query %s of seed %s: %s", i, seed, query)
                        .containsExactlyElementsOf(expected);
                hits += found.size();
            }
        }

        assertThat(hits).isGreaterThan(QUERIES);
        assertThat(laterPages).isGreaterThan(QUERIES / 4);
    }

    private static EntityQuery asOf(EntityQuery query, @Nullable AsOf asOf) {
        return new EntityQuery(query.dataset(), query.where(), query.states(), query.sort(), asOf);
    }

    /** The transaction after which the answer shows the state. */
    private static long snapshot(@Nullable AsOf asOf, long newest) {
        return switch (asOf) {
            case null -> newest;
            case AsOf.AtTransaction(long sequence) -> sequence;
            case AsOf.AtInstant(Timestamp instant) ->
                    (instant.epochNanos() - MemoryEngine.timeOf(0).epochNanos())
                            / MemoryEngine.STEP_NANOS;
            case AsOf.AtVersion version -> throw new AssertionError(version);
        };
    }

    private static void commit(MemoryEngine engine, RandomHistory history, int count) {
        for (int i = 0; i < count; i++) {
            engine.commit(history.changes(engine.snapshot()));
        }
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.active;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Entity;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.SearchUnavailableException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReadYourWritesTests {

    private static final int COMMITS = 1000;

    private final MemoryEngine engine = new MemoryEngine();

    @Test
    void everyAnswerShowsTheCommitJustBefore() {
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            assertThat(missed(fixture.search, 0)).isZero();
        }
    }

    @Test
    void everyAnswerShowsTheCommitJustBeforeForManyAtOnce() throws Exception {
        try (SearchFixture fixture = SearchFixture.inMemory(engine);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> missed =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    client ->
                                            CompletableFuture.supplyAsync(
                                                    () -> missed(fixture.search, client), clients))
                            .toList();

            for (CompletableFuture<Integer> each : missed) {
                assertThat(each.get()).isZero();
            }
        }
    }

    /** The same test over a search that takes whatever view there is. */
    @Test
    void aSearchThatDoesNotWaitIsCaught() {
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            EntitySearch hasty = new LuceneEntitySearch(engine, new Hasty(fixture.current));

            assertThat(missed(hasty, 0)).isGreaterThan(COMMITS / 2);
        }
    }

    private record Hasty(ViewSource views) implements ViewSource {
        @Override
        public SearchView at(IndexOrigin origin, UUID file, long sequence) {
            return views.at(origin, file, 0);
        }

        @Override
        public void condemn(Exception cause) {
            views.condemn(cause);
        }
    }

    /** Writes and asks in turn; counts the answers that do not show what was just written. */
    private int missed(EntitySearch search, int client) {
        int missed = 0;
        for (int i = 0; i < COMMITS; i++) {
            Tag tag = new Tag("step", client + "-" + i);
            EntityQuery query = active(new Condition.HasTag(tag));
            long written = engine.commit(put("entity-" + client + "-" + i % 10, tag.toString()));
            Page<Entity> page = search.search(query, first(2));
            boolean isSeen =
                    page.snapshot() >= written
                            && page.items().size() == 1
                            && page.items().getFirst().version().transaction() == written;
            missed += isSeen ? 0 : 1;
        }
        return missed;
    }

    @Test
    void refusesAfterTheWaitWhenTheIndexLags() {
        Duration wait = Duration.ofMillis(50);
        engine.holdLog(true);
        engine.commit(put("a"));
        try (SearchFixture fixture =
                new SearchFixture(engine, SearchFixture.inMemory(), SearchFixture.NEVER, wait)) {
            await().until(() -> fixture.current.views().isPresent());

            assertThatExceptionOfType(SearchUnavailableException.class)
                    .isThrownBy(() -> fixture.search.search(everything(), first(1)))
                    .withMessageContaining("is at transaction 0, wanted is 1")
                    .satisfies(e -> assertThat(e.isRetryable()).isTrue());

            engine.holdLog(false);
            // On a busy machine the wait may be too short for what is on its way.
            await().ignoreExceptionsInstanceOf(SearchUnavailableException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(ids(fixture.search, everything(), 1))
                                            .containsExactly("a"));
        }
    }

    /** One that waits for what is far away must not keep the others from what is there. */
    @Test
    void waitingQueriesHoldUpNoOthers() throws Exception {
        engine.commit(put("a"));
        try (SearchFixture fixture = SearchFixture.inMemory(engine);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Page<Entity> before = fixture.search.search(everything(), first(1));
            engine.holdLog(true);
            engine.commit(put("b"));
            CompletableFuture<List<String>> waiting =
                    CompletableFuture.supplyAsync(
                            () -> ids(fixture.search, everything(), 9), clients);

            assertThat(before.items()).hasSize(1);
            assertThat(waiting).isNotDone();

            engine.holdLog(false);
            assertThat(waiting.get()).containsExactly("a", "b");
        }
    }
}

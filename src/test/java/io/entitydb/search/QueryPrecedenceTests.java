package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.Precedence;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Commits wait for a query that is late, for a moment and not for each other's turn. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class QueryPrecedenceTests {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    /** More than is to be expected of a query. */
    private static final Duration LATE = Duration.ofMillis(10);

    private final CurrentIndex current = new CurrentIndex(LONG);
    private final IndexStamp empty =
            IndexStamp.empty(new IndexOrigin(UUID.randomUUID(), 1), UUID.randomUUID());
    private SearchIndex index;
    private SearchViews views;

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.create(new ByteBuffersDirectory(), empty);
        views = new SearchViews(index);
        current.opened(empty, views, new SearchState.Ready());
    }

    @AfterEach
    void close() throws IOException {
        views.close();
        index.close();
    }

    /** A query that waits for a transaction, and is late. */
    private CompletableFuture<?> late(long sequence) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        CompletableFuture<?> query =
                CompletableFuture.runAsync(
                        () -> views.at(sequence, deadline).ifPresent(SearchView::close),
                        task -> Thread.ofVirtual().start(task));
        views.rest(LONG);
        CountDownLatch never = new CountDownLatch(1);
        assertThat(never.await(LATE.toNanos(), TimeUnit.NANOSECONDS)).isFalse();
        return query;
    }

    /** A thread that waits for queries. */
    private static Thread waiting(Precedence precedence) {
        Thread commit = Thread.ofPlatform().start(precedence::await);
        Awaitility.await().until(() -> commit.getState() == Thread.State.TIMED_WAITING);
        return commit;
    }

    @Test
    void nobodyIsWaitedForWhereNoQueryWaits() throws Exception {
        QueryPrecedence precedence = new QueryPrecedence(current, LONG);

        precedence.await();
        CompletableFuture<?> query = late(1);
        views.applied(1);
        query.get();

        precedence.await();
    }

    @Test
    void commitsGoOnWhenTheQueryIsServed() throws Exception {
        CompletableFuture<?> query = late(1);
        Thread commit = waiting(new QueryPrecedence(current, LONG));

        views.applied(1);

        query.get();
        commit.join();
    }

    @Test
    void commitsHaveAsMuchTimeAsTheyWaited() throws Exception {
        CompletableFuture<?> query = late(1);
        Iterator<Long> times = List.of(0L, 5L, 15L, 24L, 25L, 26L).iterator();
        QueryPrecedence precedence = new QueryPrecedence(current, SHORT, times::next);

        precedence.await(); // Waits from 5 to 15, so not again before 25.
        assertThat(times.next()).isEqualTo(24);
        precedence.await();
        assertThat(times).isExhausted();

        views.applied(1);
        query.get();
    }

    @Test
    void whoseTurnItIsNotDoesNotWait() throws Exception {
        CompletableFuture<?> query = late(1);
        Iterator<Long> times = List.of(0L, 5L, 15L, 24L).iterator();
        QueryPrecedence precedence = new QueryPrecedence(current, SHORT, times::next);

        precedence.await();
        precedence.await();

        assertThat(times).isExhausted();
        views.applied(1);
        query.get();
    }

    @Test
    void aQueryThatHasJustComeIsNotLate() throws Exception {
        CompletableFuture<?> query = late(1);
        assertThat(views.awaitQueries(LONG, LONG)).isFalse();
        views.applied(1);
        query.get();
    }

    @Test
    void withoutATimeCommitsNeverWait() throws Exception {
        CompletableFuture<?> query = late(1);

        new QueryPrecedence(current, Duration.ZERO).await();

        views.applied(1);
        query.get();
    }

    @Test
    void anIndexThatCatchesUpIsNotWaitedFor() throws Exception {
        CompletableFuture<?> query = late(1);
        QueryPrecedence precedence = new QueryPrecedence(current, LONG);

        current.becomes(new SearchState.CatchingUp(1));
        precedence.await();
        current.closed(new SearchState.Waiting());
        precedence.await();

        views.applied(1);
        query.get();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndOfTheViewsEndsTheWait(boolean isFailure) throws Exception {
        CompletableFuture<?> query = late(1);
        Thread commit = waiting(new QueryPrecedence(current, LONG));

        if (isFailure) {
            views.fail(new IOException("planned"));
        } else {
            views.close();
            views = new SearchViews(index);
        }

        commit.join();
        assertThat(query.handle((done, failure) -> failure != null).get()).isEqualTo(isFailure);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        CompletableFuture<?> query = late(1);
        AtomicBoolean isKept = new AtomicBoolean();
        QueryPrecedence precedence = new QueryPrecedence(current, LONG);
        Thread commit =
                waiting(
                        () -> {
                            precedence.await();
                            isKept.set(Thread.interrupted());
                        });

        commit.interrupt();

        commit.join();
        assertThat(isKept).isTrue();
        views.applied(1);
        query.get();
    }

    private boolean isSomebodyWaitedFor() throws InterruptedException {
        return views.awaitQueries(Duration.ZERO, Duration.ofNanos(1));
    }

    @Test
    void aQueryThatGaveUpIsNotWaitedFor() throws Exception {
        long deadline = System.nanoTime() + SHORT.toNanos();
        assertThatExceptionOfType(SearchUnavailableException.class)
                .isThrownBy(() -> views.at(1, deadline));

        assertThat(isSomebodyWaitedFor()).isFalse();
    }

    /** A view may come while a query is about to wait for it. */
    @Test
    void whoeverWasServedIsNotWaitedFor() throws Exception {
        for (int i = 1; i <= 500; i++) {
            long sequence = i;
            views.applied(sequence);
            List<CompletableFuture<Void>> queries = new ArrayList<>();
            for (int k = 0; k < 4; k++) {
                queries.add(
                        CompletableFuture.runAsync(
                                () ->
                                        views.at(sequence, System.nanoTime() + LONG.toNanos())
                                                .ifPresent(SearchView::close),
                                task -> Thread.ofPlatform().start(task)));
            }
            for (CompletableFuture<Void> query : queries) {
                query.get();
            }
            assertThat(isSomebodyWaitedFor()).as("round %d", i).isFalse();
        }
    }
}

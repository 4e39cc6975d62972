package io.entitydb.search;

import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.LogEntry;
import io.entitydb.storage.LogFollower;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Transactions gather while they come and no query does, and not without end. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PaceTests {

    private static final Duration LONG = Duration.ofDays(1);

    private final MemoryEngine engine = new MemoryEngine();
    private final CountDownLatch end = new CountDownLatch(1);
    private SearchIndex index;
    private SearchViews views;
    private @Nullable Thread committer;

    @BeforeEach
    void open() throws IOException {
        IndexStamp empty =
                IndexStamp.empty(new IndexOrigin(UUID.randomUUID(), 1), UUID.randomUUID());
        index = SearchIndex.create(new ByteBuffersDirectory(), empty);
        views = new SearchViews(index);
    }

    @AfterEach
    void close() throws Exception {
        end.countDown();
        if (committer != null) {
            committer.join();
        }
        views.close();
        index.close();
    }

    /** A log of which so much is left. */
    private record Left(long bytesLeft) implements LogFollower {
        @Override
        public @Nullable LogEntry next(Duration wait) {
            return null;
        }
    }

    private long gather(Duration longest, long indexed, long bytesLeft)
            throws InterruptedException {
        return new Pace(engine, views, longest)
                .gather(indexed, new Left(bytesLeft), () -> end.getCount() > 0);
    }

    private void commitWithoutPause() {
        engine.commit(put("first"));
        committer = Thread.ofPlatform().start(this::commitUntilTheEnd);
    }

    /** Slowly, so that not their number ends a gathering. */
    private void commitUntilTheEnd() {
        try {
            while (!end.await(1, TimeUnit.MILLISECONDS)) {
                engine.commit(put("again"));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<?> askFor(long sequence) {
        long deadline = System.nanoTime() + Duration.ofHours(1).toNanos();
        return CompletableFuture.runAsync(
                () -> views.at(sequence, deadline).ifPresent(SearchView::close),
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void transactionsGatherAsLongAsTheyMay() throws Exception {
        commitWithoutPause();
        long start = System.nanoTime();

        assertThat(gather(Duration.ofMillis(30), 0, 0)).isPositive();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void nothingIsWaitedForWhereNothingIsToBeIndexed() throws Exception {
        assertThat(gather(LONG, 0, 0)).isZero();
    }

    @Test
    void whenNoCommitComesAnyMoreTheyAreIndexed() throws Exception {
        engine.commit(put("only"));

        assertThat(gather(LONG, 0, 0)).isEqualTo(1);
    }

    @Test
    void aQueryEndsTheGathering() throws Exception {
        commitWithoutPause();
        CompletableFuture<?> query = askFor(Long.MAX_VALUE);

        assertThat(gather(LONG, 0, 0)).isPositive();
        views.applied(Long.MAX_VALUE);
        query.get();
    }

    @Test
    void nothingGathersWhileQueriesComeThatNeedNotWait() throws Exception {
        commitWithoutPause();
        askFor(0).get();

        assertThat(gather(LONG, 0, 0)).isPositive();
        assertThat(views.isWatched(Pace.WATCHED)).isTrue();
    }

    @Test
    void manyTransactionsAreIndexed() throws Exception {
        commitWithoutPause();

        assertThat(gather(LONG, 1 - Pace.MOST_TRANSACTIONS, 0)).isPositive();
    }

    @Test
    void muchOfTheLogIsIndexed() throws Exception {
        commitWithoutPause();

        assertThat(gather(LONG, 0, Pace.MOST_BYTES)).isPositive();
    }

    @Test
    void theEndAndAFailureEndTheGathering() throws Exception {
        commitWithoutPause();
        views.fail(new IOException("planned"));
        assertThat(gather(LONG, 0, 0)).isPositive();

        end.countDown();
        assertThat(gather(LONG, 0, 0)).isPositive();
    }
}

package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.LogEntry;
import io.entitydb.query.SearchUnavailableException;

import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Who follows the log rests while no query waits, and not a moment longer. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SearchViewsTests {

    private static final Duration LONG = Duration.ofDays(1);

    private SearchIndex index;
    private SearchViews views;

    @BeforeEach
    void open() throws IOException {
        IndexStamp empty =
                IndexStamp.empty(new IndexOrigin(UUID.randomUUID(), 1), UUID.randomUUID());
        index = SearchIndex.create(new ByteBuffersDirectory(), empty);
        views = new SearchViews(index);
    }

    @AfterEach
    void close() throws IOException {
        views.close();
        index.close();
    }

    /** Asks for a state that the index has not reached. */
    private CompletableFuture<?> askFor(long sequence) {
        long deadline = System.nanoTime() + Duration.ofHours(1).toNanos();
        return CompletableFuture.runAsync(
                () -> views.at(sequence, deadline).ifPresent(SearchView::close),
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void restsAsLongAsAskedWhileNobodyWaits() throws Exception {
        long start = System.nanoTime();
        views.rest(Duration.ofMillis(20));

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void aQueryEndsTheRest() throws Exception {
        CompletableFuture<?> query = askFor(1);

        views.rest(LONG);
        assertThat(query).isNotDone();
        views.applied(1);

        query.get();
    }

    @Test
    void whatIsAppliedAlreadyEndsNoRest() throws Exception {
        views.applied(1);
        askFor(1).get();
        long start = System.nanoTime();
        views.rest(Duration.ofMillis(20));

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void aFailureEndsTheRest() throws Exception {
        CompletableFuture<Void> failing =
                CompletableFuture.runAsync(() -> views.fail(new IOException("planned")));
        views.rest(LONG);
        failing.get();

        assertThatThrownBy(() -> views.at(1, System.nanoTime() + 1_000_000_000))
                .isInstanceOf(SearchUnavailableException.class);
    }

    /** Adds a transaction that fills a segment, without a word to the views. */
    private void applyMany() throws Exception {
        MemoryEngine engine = new MemoryEngine();
        MemoryEngine.Changes changes = new MemoryEngine.Changes();
        for (int i = 0; i < SearchViews.SEGMENT_DOCUMENTS; i++) {
            changes.put(SearchFixture.key("e" + i), SearchFixture.tags());
        }
        engine.commit(changes);
        LogEntry entry = Objects.requireNonNull(engine.follow(0).next(Duration.ZERO));
        index.apply(entry, engine.snapshot());
    }

    private void awaitSegment() {
        await().until(index::documentsInMemory, count -> count == 0);
    }

    @Test
    void documentsStayInMemoryWhileNobodyAsks() throws Exception {
        applyMany();

        views.applied(1);
        views.rest(Duration.ofMillis(20));

        assertThat(index.documentsInMemory()).isEqualTo(SearchViews.SEGMENT_DOCUMENTS);
    }

    @Test
    void anIdleFollowerLeavesNoneForAQueryToWaitFor() throws Exception {
        applyMany();
        views.applied(1);

        views.idle();

        awaitSegment();
    }

    /** They are written while more is added, not when the last has come. */
    @Test
    void aQueryThatWaitsHasThemWritten() throws Exception {
        CompletableFuture<?> query = askFor(2);
        views.rest(LONG);
        applyMany();

        views.applied(1);

        awaitSegment();
        assertThat(query).isNotDone();
        views.applied(2);
        query.get();
    }

    @Test
    void aQueryThatCameLatelyHasThemWritten() throws Exception {
        askFor(0).get();
        applyMany();

        views.applied(1);

        awaitSegment();
    }

    private static int segmentsShown(SearchFixture fixture) {
        SearchViews shown = fixture.current.views().orElseThrow();
        try (SearchView view = shown.at(0, System.nanoTime()).orElseThrow()) {
            return view.reader().leaves().size();
        }
    }

    private static void commitOneByOne(MemoryEngine engine, SearchFixture fixture) {
        for (int i = 0; i < 6; i++) {
            engine.commit(SearchFixture.put("e" + i));
            assertThat(SearchFixture.ids(fixture.search, SearchFixture.everything(), 10))
                    .hasSize(i + 1);
        }
    }

    @Test
    void anIdleFollowerMakesFewSegmentsThatQueriesSee() {
        MemoryEngine engine = new MemoryEngine();
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            commitOneByOne(engine, fixture);

            await().until(() -> segmentsShown(fixture) == 1);
            assertThat(SearchFixture.ids(fixture.search, SearchFixture.everything(), 10))
                    .hasSize(6);
        }
    }

    /** What was merged is committed, so that the old files go; then there is nothing to do. */
    @Test
    void anIdleFollowerCommitsWhatWasMergedAndComesToRest() throws Exception {
        MemoryEngine engine = new MemoryEngine();
        try (Directory files = new ByteBuffersDirectory();
                SearchFixture fixture =
                        new SearchFixture(
                                engine, () -> SearchFixture.kept(files), Duration.ofMillis(100))) {
            commitOneByOne(engine, fixture);

            await().ignoreExceptions()
                    .until(() -> SegmentInfos.readLatestCommit(files).size() == 1);
            long generation = SegmentInfos.readLatestCommit(files).getGeneration();
            await().during(Duration.ofSeconds(1))
                    .until(
                            () ->
                                    SegmentInfos.readLatestCommit(files).getGeneration()
                                            == generation);
        }
    }
}

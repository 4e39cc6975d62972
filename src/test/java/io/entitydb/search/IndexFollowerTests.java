package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.QUERY_WAIT;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.StorageClosedException;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class IndexFollowerTests {

    @TempDir Path directory;

    private final MemoryEngine engine = new MemoryEngine();

    @Test
    void waitsForTheStoreAndTellsHowFarItIs() {
        engine.commit(put("a"));
        engine.commit(put("b"));
        engine.close();

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            assertThat(fixture.monitor.status())
                    .isEqualTo(new SearchStatus(new SearchState.Waiting(), 0, 2, 0));
            assertThatExceptionOfType(StorageClosedException.class)
                    .isThrownBy(() -> fixture.search.search(everything(), first(1)));

            engine.enter(new StoreState.Failed("no such luck"));
            engine.holdLog(true);
            engine.open();
            await().until(
                            fixture.monitor::status,
                            new SearchStatus(new SearchState.CatchingUp(2), 0, 2, 0)::equals);

            engine.holdLog(false);
            await().until(
                            fixture.monitor::status,
                            new SearchStatus(new SearchState.Ready(), 2, 0, 2)::equals);
        }
    }

    @Test
    void followsAStoreThatIsOpenedAgain() {
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            for (int i = 0; i < 10; i++) {
                engine.commit(put("e" + i));
                assertThat(ids(fixture.search, everything(), 10)).hasSize(i + 1);

                engine.close();
                assertThatExceptionOfType(StorageClosedException.class)
                        .isThrownBy(() -> fixture.search.search(everything(), first(1)));
                engine.open();
            }

            assertThat(ids(fixture.search, everything(), 10)).hasSize(10);
        }

        assertThat(engine.followed().getLast()).isGreaterThan(8);
    }

    @Test
    void servesAReadOnlyStore() {
        engine.commit(put("a"));
        engine.enter(new StoreState.ReadOnly(StoreState.Reason.MAINTENANCE, "asked for"));

        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            assertThat(ids(fixture.search, everything(), 10)).containsExactly("a");
        }
    }

    @Test
    void triesAgainWhenTheDirectoryCannotBeOpened() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        DirectorySource files = SearchFixture.inMemory();
        DirectorySource source =
                () -> {
                    attempts.incrementAndGet();
                    if (isBroken.get()) {
                        throw new IOException("no directory today");
                    }
                    return files.open();
                };
        engine.commit(put("a"));

        try (SearchFixture fixture = new SearchFixture(engine, source, NEVER)) {
            await().until(() -> attempts.get() > 3);
            assertThat(fixture.monitor.status().state())
                    .isEqualTo(new SearchState.Failed("no directory today"));
            assertThatExceptionOfType(SearchUnavailableException.class)
                    .isThrownBy(() -> fixture.search.search(everything(), first(1)))
                    .withMessageContaining("no directory today");

            isBroken.set(false);
            await().untilAsserted(
                            () ->
                                    assertThat(ids(fixture.search, everything(), 10))
                                            .containsExactly("a"));
        }
    }

    /** The first refresh after the files broke fails on the refresher, not on the follower. */
    @Test
    void recoversWhenFilesCannotBeWrittenForAWhile() {
        AtomicBoolean isBroken = new AtomicBoolean();
        DirectorySource files = SearchFixture.inMemory();
        AtomicInteger openings = new AtomicInteger();
        DirectorySource source =
                () -> {
                    openings.incrementAndGet();
                    return breakable(files.open(), isBroken);
                };
        engine.commit(put("a"));

        try (SearchFixture fixture = new SearchFixture(engine, source, NEVER)) {
            assertThat(ids(fixture.search, everything(), 10)).containsExactly("a");

            isBroken.set(true);
            engine.commit(put("b"));
            assertThatExceptionOfType(SearchUnavailableException.class)
                    .isThrownBy(() -> fixture.search.search(everything(), first(1)));
            await().until(() -> openings.get() > 1);

            isBroken.set(false);
            await().ignoreException(SearchUnavailableException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(ids(fixture.search, everything(), 10))
                                            .containsExactly("a", "b"));
            assertThat(fixture.follower.isRunning()).isTrue();
        }
    }

    private static Directory breakable(Directory files, AtomicBoolean isBroken) {
        return new FilterDirectory(files) {
            @Override
            public IndexOutput createOutput(String name, IOContext context) throws IOException {
                if (isBroken.get()) {
                    throw new IOException("no space");
                }
                return super.createOutput(name, context);
            }
        };
    }

    /** What the engine does not confirm is never shown, and the index is not trusted again. */
    @Test
    void rebuildsAnIndexThatTheEngineContradicts() {
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            engine.commit(put("a"));
            engine.commit(put("b"));
            assertThat(ids(fixture.search, everything(), 10)).containsExactly("a", "b");

            engine.forgetAfter(1);
            engine.commit(put("c"));
            assertThatExceptionOfType(SearchUnavailableException.class)
                    .isThrownBy(() -> fixture.search.search(everything(), first(10)));

            await().ignoreException(SearchUnavailableException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(ids(fixture.search, everything(), 10))
                                            .containsExactly("a", "c"));
            assertThat(engine.followed().getLast()).isZero();
        }
    }

    /** On real files: an interrupt within a FileChannel would close it for everybody. */
    @Test
    void interruptedQueriesLeaveTheFilesOpen() throws InterruptedException {
        try (SearchFixture fixture =
                new SearchFixture(engine, () -> FSDirectory.open(directory), NEVER, QUERY_WAIT)) {
            for (int i = 0; i < 500; i++) {
                engine.commit(put("e" + i % 20, "step:" + i));
                Thread client = Thread.ofVirtual().unstarted(() -> searchUntilInterrupted(fixture));
                client.start();
                client.interrupt();
                client.join();
            }

            assertThat(ids(fixture.search, everything(), 100)).hasSize(20);
        }

        assertThat(engine.followed()).containsExactly(0L);
    }

    private static void searchUntilInterrupted(SearchFixture fixture) {
        try {
            assertThat(fixture.search.search(everything(), first(100)).items()).isNotEmpty();
        } catch (SearchUnavailableException e) {
            assertThat(e).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void endsItsThreadsAndStartsAgain() {
        engine.commit(put("a"));
        SearchFixture fixture = SearchFixture.inMemory(engine);
        assertThat(ids(fixture.search, everything(), 10)).containsExactly("a");

        fixture.follower.stop();
        fixture.follower.stop();

        assertThat(fixture.follower.isRunning()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("entitydb-search"));

        fixture.follower.start();
        fixture.follower.start();
        assertThat(ids(fixture.search, everything(), 10)).containsExactly("a");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("entitydb-search"))
                .hasSize(2);
        fixture.close();
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.delete;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.SortKey;

import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class IndexOpeningTests {

    private static final EntityQuery ALL =
            new EntityQuery(
                    SearchFixture.DATASET,
                    everything().where(),
                    EntityQuery.States.ANY,
                    List.of(new SortKey(SortKey.Field.UPDATED_AT, true)));

    @TempDir Path directory;

    private final MemoryEngine engine = new MemoryEngine();

    /** Opens the index, compares all that it finds with the engine and closes it. */
    private void assertAnswers(Path index) {
        try (SearchFixture fixture = open(index, NEVER)) {
            assertAnswers(fixture);
        }
    }

    private void assertAnswers(SearchFixture fixture) {
        List<Entity> expected =
                NaiveSearch.search(ALL, engine.stateAfter(engine.snapshot().sequence()));
        assertThat(SearchFixture.all(fixture.search, ALL, 1000))
                .isNotEmpty()
                .containsExactlyElementsOf(expected);
    }

    private SearchFixture open(Path index, Duration commitInterval) {
        return new SearchFixture(engine, () -> FSDirectory.open(index), commitInterval);
    }

    private Path index() {
        return directory.resolve("query");
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            engine.commit(put("e" + i % 50, "step:" + i, "type:x"));
        }
        engine.commit(delete("e" + from % 50));
    }

    private long lastFollowed() {
        return engine.followed().getLast();
    }

    @Test
    void goesOnWhereItWasClosed() {
        write(0, 100);
        assertAnswers(index());
        write(100, 200);
        assertAnswers(index());

        assertThat(lastFollowed()).isEqualTo(101);
    }

    @Test
    void rebuildsADeletedDirectory() throws IOException {
        write(0, 100);
        assertAnswers(index());

        FileSystemUtils.deleteRecursively(index());
        write(100, 120);
        assertAnswers(index());

        assertThat(lastFollowed()).isZero();
    }

    @Test
    void catchesUpFromAnOlderCommit() throws IOException {
        write(0, 100);
        assertAnswers(index());
        Path older = directory.resolve("older");
        FileSystemUtils.copyRecursively(index(), older);
        write(100, 300);
        assertAnswers(index());

        assertAnswers(older);

        assertThat(lastFollowed()).isEqualTo(101);
    }

    /**
     * The files as kill -9 leaves them: segments that no commit names, the lock file, all of it.
     */
    @Test
    void catchesUpAfterAKillBetweenCommits() throws IOException {
        write(0, 100);
        assertAnswers(index());
        Path killed = directory.resolve("killed");
        try (SearchFixture fixture = open(index(), NEVER)) {
            for (int i = 100; i < 120; i++) {
                write(i, i + 1);
                assertAnswers(fixture);
            }
            FileSystemUtils.copyRecursively(index(), killed);
        }

        assertAnswers(killed);

        assertThat(lastFollowed()).isEqualTo(101);
    }

    @Test
    void commitsByItself() throws IOException {
        Path killed = directory.resolve("killed");
        try (SearchFixture fixture = open(index(), Duration.ofNanos(1))) {
            write(0, 100);
            assertAnswers(fixture);
            engine.holdLog(true);
            write(100, 110);
            // A commit that is under way renames files while they are copied.
            await().ignoreException(NoSuchFileException.class).until(() -> copy(index(), killed));
            engine.holdLog(false);
        }

        assertAnswers(killed);

        assertThat(lastFollowed()).isBetween(90L, 101L);
    }

    private static boolean copy(Path from, Path to) throws IOException {
        FileSystemUtils.deleteRecursively(to);
        FileSystemUtils.copyRecursively(from, to);
        return true;
    }

    @Test
    void rebuildsForAnotherFileEpochOrHistory() {
        write(0, 100);
        assertAnswers(index());

        engine.becomes(UUID.randomUUID(), 1);
        assertAnswers(index());
        assertThat(lastFollowed()).isZero();

        engine.becomes(UUID.randomUUID(), 2);
        assertAnswers(index());
        assertThat(lastFollowed()).isZero();

        engine.forgetAfter(80);
        assertAnswers(index());
        assertThat(lastFollowed()).isZero();

        engine.forgetAfter(60);
        write(300, 319);
        assertThat(engine.snapshot().sequence()).isEqualTo(80);
        assertAnswers(index());
        assertThat(lastFollowed()).isZero();
    }

    @Test
    void readsOnlyStampsOfItsOwnForm() {
        IndexOrigin origin = new IndexOrigin(UUID.randomUUID(), 7);
        IndexStamp stamp = new IndexStamp(origin, UUID.randomUUID(), 9, Digest.ZERO);

        assertThat(IndexStamp.read(stamp.in(null).write())).contains(stamp.in(null));
        assertThat(IndexStamp.read(stamp.write())).contains(stamp);
        for (String name : stamp.write().keySet()) {
            for (String value : List.of("", "3", "-", "x")) {
                var data = new java.util.HashMap<>(stamp.write());
                data.put(name, value);
                assertThat(IndexStamp.read(data)).isNotEqualTo(java.util.Optional.of(stamp));
                data.remove(name);
                assertThat(IndexStamp.read(data)).isEmpty();
            }
        }
    }

    /** The most harmless damage to each file, through to an answer. */
    @Test
    void answersRightlyOverDamagedFiles() throws IOException {
        write(0, 100);
        assertAnswers(index());

        for (Path file : files(index())) {
            Path damaged = directory.resolve("damaged");
            FileSystemUtils.deleteRecursively(damaged);
            FileSystemUtils.copyRecursively(index(), damaged);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged.resolve(file.getFileName()), bytes);

            assertAnswers(damaged);

            assertThat(lastFollowed()).as("%s", file.getFileName()).isZero();
        }
    }

    private static List<Path> files(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
        }
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.delete;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.key;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A closed store with its search index on real files, to be verified. */
abstract class IndexedStore {

    @TempDir Path directory;

    Path data() {
        return directory.resolve("data");
    }

    Path index() {
        return data().resolve("query");
    }

    static StorageEngine open(Path data) {
        StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(data), StorageOptions.defaults(), StorageObserver.NONE);
        engine.open();
        return engine;
    }

    /** Does something with a store whose index is kept up to date, and closes both. */
    static void use(Path data, Consumer<StorageEngine> use) {
        try (StorageEngine engine = open(data);
                SearchFixture fixture =
                        new SearchFixture(
                                engine, () -> FSDirectory.open(data.resolve("query")), NEVER)) {
            use.accept(engine);
            // Answers when the index has reached the last transaction.
            fixture.search.search(everything(), first(1));
        }
    }

    void fill(StorageEngine engine) {
        for (int i = 0; i < 40; i++) {
            put("e" + i % 15, "type:x", "step:" + i).commitTo(engine);
        }
        delete("e3").commitTo(engine);
        put("e3", "type:again").commitTo(engine);
        delete("e4").commitTo(engine);
        write(
                engine,
                "text",
                Content.of("text/plain", utf8("Twice twice: \u00c4pfel, na\u00efve")));
        write(engine, "text", Content.of("text/plain", utf8("one two three two one")));
        write(engine, "json", Content.of("application/json", utf8("{\"a\": [\"b c\", 1]}")));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StorageEngine engine, String id, Content content) {
        Transaction transaction = engine.begin("test");
        transaction.save(key(id), EntityDraft.of(Set.of(), content));
        transaction.commit();
    }

    /** Verifies, and requires that not a file was changed, made or removed. */
    VerificationReport verify() throws IOException {
        Map<String, String> before = state();
        VerificationReport report =
                new Verification(StorePlace.ofDirectory(data()), SearchVerification.of(data()))
                        .run((activity, done, total) -> {});
        assertThat(state()).isEqualTo(before);
        return report;
    }

    Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.toList()) {
                state.put(
                        file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return state;
    }

    Finding only(FindingCode code) throws IOException {
        VerificationReport report = verify();
        assertThat(report.findings()).singleElement().returns(code, Finding::code);
        return report.findings().getFirst();
    }

    void assertSound() throws IOException {
        VerificationReport report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).isEmpty();
    }

    IndexWriter writer() throws IOException {
        return new IndexWriter(
                FSDirectory.open(index()),
                new IndexWriterConfig(Words.ANALYZER).setIndexSort(SortOrder.of(List.of()).sort()));
    }

    /** What the index says that it holds. */
    IndexStamp stamp() throws IOException {
        try (CommittedIndex committed = Objects.requireNonNull(CommittedIndex.open(index()))) {
            return Objects.requireNonNull(committed.stamp());
        }
    }

    /** Changes the documents of the index and leaves its stamp. */
    void tamper(Tampering tampering) throws IOException {
        IndexStamp stamp = stamp();
        try (IndexWriter writer = writer()) {
            tampering.with(writer);
            writer.setLiveCommitData(stamp.write().entrySet());
            writer.commit();
        }
    }

    interface Tampering {

        void with(IndexWriter writer) throws IOException;
    }

    Entity newest(String id) {
        try (StorageEngine engine = open(data())) {
            return engine.snapshot().latest(key(id)).orElseThrow();
        }
    }

    Entity version(String id, long number) {
        try (StorageEngine engine = open(data())) {
            return engine.snapshot().version(key(id), number).orElseThrow();
        }
    }
}

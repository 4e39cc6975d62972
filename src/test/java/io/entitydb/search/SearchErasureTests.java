package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.active;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.key;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.PageRequest;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What was erased is in no answer at once, and in no file of the index soon. */
class SearchErasureTests {

    private static final Tag SECRET = new Tag("secret", "unmistakable");

    @TempDir Path data;

    private StorageEngine engine;

    @BeforeEach
    void open() {
        engine =
                StorageEngine.over(
                        new OsDisk(data), StorageOptions.defaults(), StorageObserver.NONE);
        engine.open();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private SearchFixture search() {
        return new SearchFixture(engine, () -> FSDirectory.open(data.resolve("query")), NEVER);
    }

    private static EntityQuery secret() {
        return active(new Condition.HasTag(SECRET));
    }

    private static EntityQuery whateverState() {
        return new EntityQuery(
                SearchFixture.DATASET,
                new Condition.Everything(),
                EntityQuery.States.ANY,
                List.of());
    }

    private void fill() {
        put("a", SECRET.toString(), "color:red").commitTo(engine);
        put("a", SECRET.toString()).commitTo(engine);
        put("b", SECRET.toString()).commitTo(engine);
        put("b", "color:red").commitTo(engine);
        put("c", "color:green").commitTo(engine);
    }

    @Test
    void anErasedEntityIsInNoAnswerAndInNoFile() {
        fill();
        try (SearchFixture fixture = search()) {
            assertThat(ids(fixture.search, secret(), 9)).containsExactly("a");

            engine.erase(key("a"), "eraser");
            engine.erase(key("b"), "eraser");

            assertThat(ids(fixture.search, secret(), 9)).isEmpty();
            assertThat(ids(fixture.search, everything(), 9)).containsExactly("c");
            assertThat(ids(fixture.search, whateverState(), 9)).containsExactly("c");
            await().until(() -> filesWith(SECRET.value()) == 0);
            await().until(() -> Long.valueOf(1).equals(total(fixture)));
            assertThat(fixture.current.views().orElseThrow().documents()).isEqualTo(1);
        }
    }

    private static @Nullable Long total(SearchFixture fixture) {
        return fixture.search.search(everything(), new PageRequest(9, null, true)).total();
    }

    private long filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("query"))) {
            return files.filter(file -> contains(file, text)).count();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            // It was removed while the directory was read.
            return false;
        }
    }

    @Test
    void wordsOfAnErasedContentAreInNoAnswerAndInNoFile() throws IOException {
        EntityQuery words = active(new Condition.HasText("unmistakable words", false));
        save("a", "These Unmistakable words, first.");
        save("a", "Other ones.");
        save("b", "Unmistakable words.");
        try (SearchFixture fixture = search()) {
            assertThat(ids(fixture.search, words, 9)).containsExactly("b");

            engine.erase(key("a"), "eraser");
            engine.erase(key("b"), "eraser");

            assertThat(ids(fixture.search, words, 9)).isEmpty();
            await().until(() -> filesWith("unmistakable") == 0);
            await().until(() -> filesWith("other") == 0);
        }
    }

    private void save(String id, String text) {
        Transaction transaction = engine.begin("test");
        Content content = Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
        transaction.save(key(id), EntityDraft.of(Set.of(), content));
        transaction.commit();
    }

    @Test
    void aNewLifeIsFoundAndTheOldOneIsNot() {
        fill();
        try (SearchFixture fixture = search()) {
            assertThat(ids(fixture.search, secret(), 9)).containsExactly("a");
            engine.erase(key("a"), "eraser");
            put("a", "color:blue").commitTo(engine);

            assertThat(ids(fixture.search, secret(), 9)).isEmpty();
            assertThat(ids(fixture.search, everything(), 9)).containsExactly("a", "b", "c");
            put("a", SECRET.toString()).commitTo(engine);
            assertThat(ids(fixture.search, secret(), 9)).containsExactly("a");
            await().until(() -> Long.valueOf(3).equals(total(fixture)));
        }
    }

    @Test
    void anIndexThatIsBuiltAfterwardsDoesNotHoldIt() throws IOException {
        fill();
        engine.erase(key("a"), "eraser");
        engine.erase(key("b"), "eraser");
        put("b", "color:blue").commitTo(engine);

        try (SearchFixture fixture = search()) {
            assertThat(ids(fixture.search, secret(), 9)).isEmpty();
            assertThat(ids(fixture.search, whateverState(), 9)).containsExactly("b", "c");
        }
        assertThat(filesWith(SECRET.value())).isZero();
    }

    @Test
    void anIndexThatWasClosedMeanwhileLearnsOfIt() throws IOException {
        fill();
        try (SearchFixture fixture = search()) {
            assertThat(ids(fixture.search, everything(), 9)).containsExactly("a", "b", "c");
        }
        assertThat(filesWith(SECRET.value())).isPositive();

        engine.erase(key("a"), "eraser");
        engine.erase(key("b"), "eraser");

        try (SearchFixture fixture = search()) {
            await().until(() -> fixture.search.search(everything(), first(9)).items().size() == 1);
            assertThat(ids(fixture.search, everything(), 9)).containsExactly("c");
        }
        assertThat(filesWith(SECRET.value())).isZero();
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.active;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.key;
import static io.entitydb.search.SearchFixture.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.temporal.AsOf;

import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a damaged content says is not known, so no answer may depend on it. */
class UnreadableTextTests {

    private static final String MARK = "landmark";
    private static final EntityQuery FILLER = active(new Condition.HasText("filler", false));

    @TempDir Path data;

    private StorageEngine open() {
        StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(data), StorageOptions.defaults(), StorageObserver.NONE);
        engine.open();
        return engine;
    }

    private SearchFixture search(StorageEngine engine) {
        return new SearchFixture(engine, () -> FSDirectory.open(data.resolve("query")), NEVER);
    }

    private static long save(StorageEngine engine, String id, String text, String... tags) {
        Transaction transaction = engine.begin("test");
        Content content = Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
        transaction.save(key(id), EntityDraft.of(tags(tags), content));
        return transaction.commit();
    }

    @Test
    void queriesForWordsAreRefusedWhileAContentCannotBeRead() throws IOException {
        long before;
        try (StorageEngine engine = open()) {
            before = save(engine, "sound", "filler", "kind:sound");
            save(engine, "damaged", "filler ".repeat(30_000) + MARK, "kind:damaged");
        }
        damage();

        try (StorageEngine engine = open();
                SearchFixture fixture = search(engine)) {
            assertThat(ids(fixture.search, everything(), 9)).containsExactly("damaged", "sound");
            assertThatExceptionOfType(CorruptDataException.class)
                    .isThrownBy(() -> ids(fixture.search, FILLER, 9));
            assertThatExceptionOfType(CorruptDataException.class)
                    .isThrownBy(
                            () ->
                                    ids(
                                            fixture.search,
                                            active(new Condition.Not(FILLER.where())),
                                            9));
            EntityQuery past =
                    new EntityQuery(
                            FILLER.dataset(),
                            FILLER.where(),
                            FILLER.states(),
                            FILLER.sort(),
                            new AsOf.AtTransaction(before));
            assertThat(ids(fixture.search, past, 9)).containsExactly("sound");

            save(engine, "damaged", "filler again");

            assertThat(ids(fixture.search, FILLER, 9)).containsExactly("damaged", "sound");
        }
    }

    private void damage() throws IOException {
        Path file = data.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK);
        assertThat(at).isPositive();
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}

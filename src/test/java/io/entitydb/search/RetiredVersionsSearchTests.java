package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Entity;
import io.entitydb.entity.Retention;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.repair.VerificationReport;

import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lists go on while versions are retired beneath them, and the index is that of what is left. */
class RetiredVersionsSearchTests extends IndexedStore {

    private static final Retention NEWEST_ONLY =
            new Retention(Map.of(SearchFixture.DATASET, new Retention.Rule(1, null)));

    @Test
    void listsShowThePresentBeforeAndAfter() throws IOException {
        try (StorageEngine engine = open(data());
                SearchFixture fixture =
                        new SearchFixture(engine, () -> FSDirectory.open(index()), NEVER)) {
            fill(engine);
            int living = ids(fixture.search, everything(), 100).size();

            engine.compact(NEWEST_ONLY, (activity, done, total) -> {});

            assertThat(ids(fixture.search, everything(), 100)).hasSize(living);
            put("e1", "type:x").commitTo(engine);
            put("later", "type:x").commitTo(engine);
            assertThat(ids(fixture.search, everything(), 100)).hasSize(living + 1);
        }

        VerificationReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).isEmpty();
    }

    @Test
    void indexIsBuiltAnewOnlyWhereVersionsAreRetired() throws IOException {
        // Whoever builds an index anew deletes all that lies beside it.
        Path mark = index().resolve("mark");
        try (StorageEngine engine = open(data());
                SearchFixture fixture =
                        new SearchFixture(engine, () -> FSDirectory.open(index()), NEVER)) {
            fill(engine);
            Page<Entity> first =
                    fixture.search.search(everything(), new PageRequest(2, null, true));
            Files.writeString(mark, "here");

            engine.compact(Retention.NONE, (activity, done, total) -> {});

            Page<Entity> second =
                    fixture.search.search(everything(), new PageRequest(1000, first.next(), false));
            assertThat(first.total()).isEqualTo(second.items().size() + 2L);
            put("later", "type:x").commitTo(engine);
            assertThat(ids(fixture.search, everything(), 100)).contains("later");
            assertThat(mark).exists();

            engine.compact(NEWEST_ONLY, (activity, done, total) -> {});

            await().until(() -> !Files.exists(mark));
            assertThat(ids(fixture.search, everything(), 100)).contains("later");
        }
        assertThat(verify().findings()).isEmpty();
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.DATASET;
import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.ids;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Retention;
import io.entitydb.query.EntityQuery;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.OsDisk;

import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/** What was removed from history is in no answer, and is not passed over either. */
class RetiredVersionsTests {

    @TempDir Path data;

    @Test
    void listsOfTheTimeBeforeAreRefusedAndAllOthersGoOn() {
        try (StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(data), StorageOptions.defaults(), StorageObserver.NONE)) {
            engine.open();
            long first = put("a", "color:red").commitTo(engine);
            put("a", "color:green").commitTo(engine);
            put("b", "color:red").commitTo(engine);
            long kept = put("a", "color:blue").commitTo(engine);
            try (SearchFixture fixture =
                    new SearchFixture(
                            engine, () -> FSDirectory.open(data.resolve("query")), NEVER)) {
                assertThat(ids(fixture.search, asOf(first), 9)).containsExactly("a");

                engine.compact(
                        new Retention(Map.of(DATASET, new Retention.Rule(1, null))),
                        (activity, done, total) -> {});
                put("c", "color:red").commitTo(engine);

                assertThat(ids(fixture.search, everything(), 9)).containsExactly("a", "b", "c");
                assertThat(ids(fixture.search, asOf(kept), 9)).containsExactly("a", "b");
                assertThatExceptionOfType(NotFoundException.class)
                        .isThrownBy(() -> ids(fixture.search, asOf(kept - 1), 9))
                        .satisfies(e -> assertThat(e.code()).isEqualTo("version-retired"));
            }
        }
    }

    private static EntityQuery asOf(long transaction) {
        return everything().at(transaction);
    }
}

package io.entitydb.search;

import static io.entitydb.search.SearchFixture.key;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.VerificationReport;

import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The search index of a closed store is compared with its log. */
class SearchVerificationTests extends IndexedStore {

    @Test
    void indexOfASoundStoreIsSound() throws IOException {
        use(data(), this::fill);

        assertSound();
    }

    @Test
    void indexThatLagsBehindIsSound() throws IOException {
        use(data(), this::fill);
        try (StorageEngine engine = open(data())) {
            fill(engine);
        }

        assertSound();
    }

    @Test
    void storeWithoutATransactionHasNoIndex() throws IOException {
        use(data(), engine -> {});

        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void indexOfARandomHistoryWithErasuresIsSound() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed of a history to verify: " + seed);
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(random);
        Set<EntityKey> keys = new HashSet<>();
        for (int start = 0; start < 5; start++) {
            use(
                    data(),
                    engine -> {
                        for (int i = 0; i < 60; i++) {
                            MemoryEngine.Changes changes = history.changes(engine.snapshot());
                            changes.commitTo(engine);
                            keys.addAll(changes.keys());
                            if (random.nextInt(15) == 0) {
                                engine.erase(
                                        List.copyOf(keys).get(random.nextInt(keys.size())), "test");
                            }
                        }
                    });

            assertThat(verify().findings()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void indexOfAHistoryWithoutItsBeginningIsSound() throws IOException {
        use(
                data(),
                engine -> {
                    fill(engine);
                    engine.compact(
                            new Retention(
                                    Map.of(SearchFixture.DATASET, new Retention.Rule(1, null))),
                            (activity, done, total) -> {});
                });
        // The index of the old file may have answered to the end.
        use(data(), engine -> {});

        assertSound();
    }

    @Test
    void erasuresBehindThePositionOfTheIndexAreNoDifference() throws IOException {
        use(data(), this::fill);
        try (StorageEngine engine = open(data())) {
            engine.erase(key("e1"), "test");
            put("e1", "type:new").commitTo(engine);
        }

        VerificationReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).singleElement().asString().contains("1 of 4096 parts");
    }

    @Test
    void missingIndexIsSkipped() throws IOException {
        try (StorageEngine engine = open(data())) {
            fill(engine);
        }

        VerificationReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).singleElement().asString().startsWith("search index: ");
        assertThat(index()).doesNotExist();
    }

    @Test
    void indexOfAnotherStoreIsForeign() throws IOException {
        use(data(), this::fill);
        use(directory.resolve("other"), this::fill);
        FileSystemUtils.deleteRecursively(index());
        FileSystemUtils.copyRecursively(directory.resolve("other/query"), index());

        assertThat(only(FindingCode.SEARCH_FOREIGN).isDamage()).isFalse();
    }

    @Test
    void indexThatIsAheadOfTheLogIsForeign() throws IOException {
        use(data(), this::fill);
        Path older = directory.resolve("older");
        FileSystemUtils.copyRecursively(data(), older);
        use(data(), this::fill);
        FileSystemUtils.deleteRecursively(older.resolve("query"));
        FileSystemUtils.copyRecursively(index(), older.resolve("query"));
        FileSystemUtils.deleteRecursively(data());
        FileSystemUtils.copyRecursively(older, data());

        assertThat(only(FindingCode.SEARCH_FOREIGN).found()).contains("ends with transaction 46");
    }

    @Test
    void flippedBitOfAnyFileIsFound() throws IOException {
        use(data(), this::fill);
        List<Path> files;
        try (Stream<Path> all = Files.list(index())) {
            files = all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            for (int at : new int[] {0, sound.length / 2, sound.length - 1}) {
                byte[] flipped = sound.clone();
                flipped[at] ^= 4;
                Files.write(file, flipped);

                Finding finding = only(FindingCode.SEARCH_DAMAGED);

                assertThat(finding.file()).startsWith("query");
                assertThat(finding.isDamage()).isTrue();
            }
            Files.write(file, sound);
        }
        assertSound();
    }

    @Test
    void lostFileIsFound() throws IOException {
        use(data(), this::fill);
        try (Stream<Path> all = Files.list(index())) {
            Files.delete(
                    all.filter(file -> String.valueOf(file.getFileName()).startsWith("_"))
                            .findFirst()
                            .orElseThrow());
        }

        only(FindingCode.SEARCH_DAMAGED);
    }

    @Test
    void damageInTheLogHidesWhatTheIndexShouldHold() throws IOException {
        use(data(), this::fill);
        Path file = data().resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        bytes[8192 + 3000] ^= 1;
        Files.write(file, bytes);

        VerificationReport report = verify();

        assertThat(report.isDamaged()).isTrue();
        assertThat(report.findings())
                .noneMatch(finding -> finding.code() == FindingCode.SEARCH_DISAGREES);
        assertThat(report.skipped()).anyMatch(reason -> reason.startsWith("search index: damage"));
    }

    @Test
    void withoutAHeaderTheIndexIsNotLookedAt() throws IOException {
        use(data(), this::fill);
        Path file = data().resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, 8192, (byte) 0);
        Files.write(file, bytes);

        VerificationReport report = verify();

        assertThat(report.isDamaged()).isTrue();
        assertThat(report.skipped()).anyMatch(reason -> reason.startsWith("log and indexes"));
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.erase.LedgerEntry;
import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** A store of format 5 with erased entities, and its ledger, are read as they were left. */
class GoldenErasureTests {

    private static final Path LEDGER = Path.of("src/test/resources/format/v5/erased/store.ledger");
    private static final GoldenFile GOLDEN = GoldenFile.of("v5/erased/store");
    private static final EntityKey GONE = new EntityKey("default", "gone");
    private static final EntityKey AGAIN = new EntityKey("other", "ключ-\uD83D\uDD11");

    private final SimulatedDisk disk = new SimulatedDisk(3);

    @BeforeEach
    void layOut() throws IOException {
        disk.replace(StoreFiles.DATA, GOLDEN.data());
        disk.replace(LedgerReading.FILE, Files.readAllBytes(LEDGER));
    }

    private StorageEngine open() {
        StorageEngine engine =
                StorageEngine.over(
                        disk, SmallStore.options(Duration.ofHours(1)), StorageObserver.NONE);
        engine.open();
        return engine;
    }

    @Test
    void isReadAsItWas() {
        try (StorageEngine engine = open()) {
            assertThat(GoldenHistory.read(engine).describe()).isEqualTo(GOLDEN.history());
        }
    }

    @Test
    void theLedgerSaysWhatWasErased() {
        LedgerReading ledger = Objects.requireNonNull(LedgerReading.of(disk));

        assertThat(ledger.entries()).extracting(LedgerEntry::key).containsExactly(GONE, AGAIN);
        assertThat(ledger.entries()).extracting(LedgerEntry::version).containsExactly(3L, 1L);
        assertThat(ledger.entries()).extracting(LedgerEntry::principal).containsOnly("eraser");
        assertThat(ledger.done()).hasSize(2);
    }

    @Test
    void nothingIsErasedAnewAndANewLifeStays() {
        byte[] ledger = disk.contents(LedgerReading.FILE);

        try (StorageEngine engine = open()) {
            assertThat(engine.snapshot().history(GONE, HistoryRange.oldest(9)))
                    .hasSize(3)
                    .allMatch(Entity::isErased);
            assertThat(engine.snapshot().history(AGAIN, HistoryRange.oldest(9)))
                    .extracting(Entity::isErased)
                    .containsExactly(true, false);
            assertThat(engine.status().writer().entityCount()).isEqualTo(3);
        }

        assertThat(disk.contents(LedgerReading.FILE)).isEqualTo(ledger);
    }

    @Test
    void moreIsErasedBehindWhatTheLedgerHas() {
        try (StorageEngine engine = open()) {
            engine.erase(AGAIN, "a later build");
        }

        LedgerReading ledger = Objects.requireNonNull(LedgerReading.of(disk));
        assertThat(ledger.entries()).hasSize(3);
        assertThat(ledger.done()).hasSize(3);
    }
}

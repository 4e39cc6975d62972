package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Backup;
import io.entitydb.entity.Retention;
import io.entitydb.entity.StoreBackups.Made;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.repair.RestorePoint;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Stores made from backups, compared with what was written. */
class RestoreTests {

    private static final Restore.Options OPTIONS = new Restore.Options(null, false);

    @TempDir private Path directory;
    private Path target;
    private WrittenStore store;
    private Backups backups;
    private int restores;

    @BeforeEach
    void open() {
        target = directory.resolve("backups");
        store = WrittenStore.open(directory.resolve("data"));
        backups = store.backups(target);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path restore(RestorePoint until) {
        return restore(target, until);
    }

    private Path restore(Path from, RestorePoint until) {
        Path made = directory.resolve("restored" + restores++);
        new Restore(from, made, OPTIONS).run(until, (activity, done, total) -> {});
        return made;
    }

    private Timestamp commitTime(long sequence) {
        return store.pointAt(sequence).at();
    }

    @Test
    void fullBackupHoldsAllOfHistory() {
        long last = store.saveSome(60);

        Made made = WrittenStore.make(backups, false);

        assertThat(made.backup().type()).isEqualTo(Backup.Type.FULL);
        assertThat(made.backup().to().sequence()).isEqualTo(last);
        store.requireRestored(restore(new RestorePoint.Newest()), last);
    }

    @Test
    void emptyStoreIsBackedUpAndRestored() {
        WrittenStore.make(backups, false);

        store.requireRestored(restore(new RestorePoint.Newest()), 0);
    }

    @Test
    void chainOfIncrementsHoldsAllOfHistory() {
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = store.saveSome(25);
            Made made = WrittenStore.make(backups, false);
            assertThat(made.backup().type())
                    .isEqualTo(i == 0 ? Backup.Type.FULL : Backup.Type.INCREMENTAL);
        }

        assertThat(backups.list()).hasSize(5);
        assertThat(backups.list())
                .extracting(Backup::base)
                .containsOnly(backups.list().getLast().id());
        store.requireRestored(restore(new RestorePoint.Newest()), last);
    }

    @Test
    void everyTransactionAndInstantOfTheChainCanBeRestored() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            store.saveSome(20);
            WrittenStore.make(backups, i == 2);
        }
        for (long sequence : List.of(1L, 20L, 21L, 80L, 1L + random.nextLong(80))) {
            store.requireRestored(restore(new RestorePoint.Transaction(sequence)), sequence);
            Timestamp at = commitTime(sequence);
            store.requireRestored(restore(new RestorePoint.Instant(at)), sequence);
            if (sequence < 80) {
                Timestamp before = new Timestamp(commitTime(sequence + 1).epochNanos() - 1);
                store.requireRestored(restore(new RestorePoint.Instant(before)), sequence);
            }
        }
    }

    @Test
    void fileIsRestoredAlone() throws Exception {
        long last = store.saveSome(30);
        Made made = WrittenStore.make(backups, true);
        Path copy = Files.createDirectory(directory.resolve("elsewhere")).resolve("copy.edb");
        Files.copy(target.resolve(backups.file(made.backup().id()).name()), copy);
        Path restored = directory.resolve("restored");

        assertThatThrownBy(
                        () ->
                                new Restore(copy, restored, OPTIONS)
                                        .run(new RestorePoint.Newest(), (a, d, t) -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("erasures.ledger");
        assertThat(restored).doesNotExist();

        new Restore(copy, restored, new Restore.Options(null, true))
                .run(new RestorePoint.Newest(), (a, d, t) -> {});
        store.requireRestored(restored, last);
    }

    @Test
    void restoredStoreGoesOnInAnEpochOfItsOwnAndIsBackedUpAnew() {
        store.saveSome(30);
        WrittenStore.make(backups, false);
        long epoch = store.engine().log().origin().epoch();
        Path first = restore(new RestorePoint.Transaction(10));
        try (WrittenStore restored = WrittenStore.open(first)) {
            assertThat(restored.engine().log().origin().epoch()).isGreaterThan(epoch);
            assertThat(restored.engine().log().origin().storeId())
                    .isEqualTo(store.engine().log().origin().storeId());
            restored.save("entity 1", "another future");
            Made made = WrittenStore.make(restored.backups(target), false);
            assertThat(made.backup().type()).isEqualTo(Backup.Type.FULL);
        }

        Path second = restore(new RestorePoint.Transaction(11));

        try (WrittenStore restored = WrittenStore.open(second)) {
            assertThat(restored.engine().log().origin().epoch()).isGreaterThan(epoch + 1);
            assertThat(
                            restored.engine()
                                    .snapshot()
                                    .latest(WrittenStore.key("entity 1"))
                                    .orElseThrow()
                                    .content()
                                    .bytes())
                    .asString()
                    .isEqualTo("another future");
        }
    }

    @Test
    void whatWasErasedSinceStaysErasedAfterARestore() throws Exception {
        store.saveSome(20);
        store.save("secret", "a secret that goes");
        long last = store.saveSome(5);
        WrittenStore.make(backups, false);
        store.engine().erase(WrittenStore.key("secret"), "officer");
        Made after = WrittenStore.make(backups, false);

        // The chain that is made after it does not hold it at all.
        assertThat(after.backup().type()).isEqualTo(Backup.Type.FULL);
        Path file = target.resolve(backups.file(after.backup().id()).name());
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("a secret that goes");
        for (RestorePoint until :
                List.of(new RestorePoint.Newest(), new RestorePoint.Transaction(last))) {
            Path made = restore(until);
            assertThat(Files.readString(made.resolve("entities.edb"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("a secret that goes");
            try (WrittenStore restored = WrittenStore.open(made)) {
                assertThat(
                                restored.engine()
                                        .snapshot()
                                        .latest(WrittenStore.key("secret"))
                                        .orElseThrow()
                                        .isErased())
                        .isTrue();
            }
        }
    }

    @Test
    void erasureAfterTheLastBackupIsTakenFromTheLedgerOfTheStore() {
        store.save("secret", "a secret that goes");
        store.saveSome(5);
        WrittenStore.make(backups, false);
        store.engine().erase(WrittenStore.key("secret"), "officer");
        Path made = directory.resolve("restored");

        new Restore(target, made, new Restore.Options(directory.resolve("data"), false))
                .run(new RestorePoint.Newest(), (a, d, t) -> {});

        try (WrittenStore restored = WrittenStore.open(made)) {
            assertThat(
                            restored.engine()
                                    .snapshot()
                                    .latest(WrittenStore.key("secret"))
                                    .orElseThrow()
                                    .isErased())
                    .isTrue();
        }
    }

    @Test
    void compactionBeginsAChainAndEarlierStatesAreReadFromTheEarlierOne() {
        store.saveSome(70);
        WrittenStore.make(backups, false);
        store.engine()
                .compact(
                        new Retention(Map.of("default", new Retention.Rule(1, null))),
                        (a, d, t) -> {});
        long last = store.saveSome(5);

        assertThat(WrittenStore.make(backups, false).backup().type()).isEqualTo(Backup.Type.FULL);

        store.requireRestored(restore(new RestorePoint.Transaction(30)), 30);
        try (WrittenStore restored = WrittenStore.open(restore(new RestorePoint.Newest()))) {
            assertThat(restored.engine().snapshot().sequence()).isEqualTo(last);
        }
    }
}

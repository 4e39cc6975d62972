package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Backup;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.RestorePoint;
import io.entitydb.temporal.Timestamp;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What can be wrong with a backup, its directory or a restore: said clearly, with no loss. */
class BadBackupTests {

    private static final Restore.Options OPTIONS = new Restore.Options(null, false);
    private static final RestorePoint NEWEST = new RestorePoint.Newest();

    @TempDir private Path directory;
    private Path target;
    private Path restored;
    private WrittenStore store;
    private Backups backups;

    @BeforeEach
    void open() {
        target = directory.resolve("backups");
        restored = directory.resolve("restored");
        store = WrittenStore.open(directory.resolve("data"));
        backups = store.backups(target);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> chainOf(int parts) {
        for (int i = 0; i < parts; i++) {
            store.saveSome(20);
            WrittenStore.make(backups, false);
        }
        return backups.list().reversed().stream().map(Backup::id).toList();
    }

    private Path fileOf(String id) {
        return target.resolve(backups.file(id).name());
    }

    private void restore(Path from, RestorePoint until) {
        new Restore(from, restored, OPTIONS).run(until, (activity, done, total) -> {});
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path from, RestorePoint until, String why) {
        AbstractThrowableAssert<?, ?> refusal =
                assertThatThrownBy(() -> restore(from, until)).hasMessageContaining(why);
        assertThat(restored).doesNotExist();
        return refusal;
    }

    private List<String> filesOf(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 0x10);
        }
    }

    private void requireGoesOn() {
        long last = store.saveSome(3);
        assertThat(WrittenStore.make(backups, true).backup().to().sequence()).isEqualTo(last);
        restore(target, NEWEST);
        store.requireRestored(restored, last);
    }

    @Test
    void backupThatWasCutInHalfIsNamed() throws IOException {
        List<String> ids = chainOf(3);
        Path last = fileOf(ids.getLast());
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertRefused(target, NEWEST, "backup " + ids.getLast() + " is damaged: the file has ");
        assertRefused(last, NEWEST, "is damaged");
        assertThat(backups.list()).extracting(Backup::id).doesNotContain(ids.getLast());
        restore(target, new RestorePoint.Transaction(40));
        store.requireRestored(restored, 40);
    }

    @Test
    void cutBackupIsNotContinued() throws IOException {
        List<String> ids = chainOf(2);
        try (RandomAccessFile file = new RandomAccessFile(fileOf(ids.getLast()).toFile(), "rw")) {
            file.setLength(file.length() - 8);
        }
        long last = store.saveSome(5);

        assertThat(WrittenStore.make(backups, false).backup().type()).isEqualTo(Backup.Type.FULL);

        restore(target, NEWEST);
        store.requireRestored(restored, last);
    }

    @Test
    void flippedByteIsNoticed() throws IOException {
        List<String> ids = chainOf(2);
        for (String id : ids) {
            Path file = fileOf(id);
            long at = Files.size(file) / 2;
            flip(file, at);
            assertRefused(target, NEWEST, "").isInstanceOf(CorruptDataException.class);
            flip(file, at);
        }
        flip(fileOf(ids.getFirst()), 100);
        flip(fileOf(ids.getFirst()), 4096 + 100);
        assertRefused(target, NEWEST, "is damaged");
    }

    @Test
    void missingIncrementIsNamed() throws IOException {
        List<String> ids = chainOf(4);
        Files.delete(fileOf(ids.get(2)));

        assertRefused(
                target,
                NEWEST,
                "backup " + ids.get(3) + " continues one that ends with transaction 60");
        assertRefused(target, new RestorePoint.Transaction(70), ids.get(3));
        restore(target, new RestorePoint.Transaction(35));
        store.requireRestored(restored, 35);
        assertThat(WrittenStore.make(backups, false).backup().type()).isEqualTo(Backup.Type.FULL);
    }

    @Test
    void nothingIsEverOverwritten() throws IOException {
        chainOf(1);
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> restore(target, NEWEST))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("never overwrites");

        assertThat(filesOf(restored)).containsExactly("notes.txt");
        Path data = directory.resolve("data");
        assertThatThrownBy(
                        () ->
                                new Restore(target, data, OPTIONS)
                                        .run(NEWEST, (activity, done, total) -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("never overwrites");
    }

    @Test
    void pointsOutsideOfHistoryAreRefused() {
        chainOf(1);
        Timestamp created = store.engine().log().origin().createdAt();
        Timestamp later = new Timestamp(store.engine().log().newest().at().epochNanos() + 1);

        assertRefused(target, new RestorePoint.Instant(created), "before the first transaction");
        assertRefused(
                target,
                new RestorePoint.Instant(later),
                "behind the end of the newest backup, which is transaction 20 of ");
        assertRefused(target, new RestorePoint.Transaction(21), "transaction 20");
        assertRefused(target, new RestorePoint.Transaction(0), "transactions count from 1");
        restore(target, new RestorePoint.Transaction(20));
        store.requireRestored(restored, 20);
    }

    @Test
    void directoryOfAnotherStoreIsRefused() throws IOException {
        chainOf(1);
        List<String> before = filesOf(target);
        try (WrittenStore other = WrittenStore.open(directory.resolve("other"))) {
            other.saveSome(3);

            assertThatThrownBy(() -> WrittenStore.make(other.backups(target), false))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("holds backups of store ");
        }
        assertThat(filesOf(target)).isEqualTo(before);
    }

    @Test
    void directoryThatCannotBeReachedIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        Backups unreachable = store.backups(file.resolve("backups"));
        store.saveSome(3);

        assertThatThrownBy(() -> WrittenStore.make(unreachable, false))
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e ->
                                assertThat(e.kind())
                                        .isEqualTo(BackupException.Kind.BACKUP_TARGET_UNWRITABLE));
        assertThat(unreachable.record().failure()).isEqualTo("backup-target-unwritable");
        requireGoesOn();
    }

    @Test
    void twoAtATimeAreNotMade() throws Exception {
        store.saveSome(30);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> first =
                    threads.submit(
                            () ->
                                    backups.make(
                                            true,
                                            (activity, done, total) -> {
                                                begun.countDown();
                                                awaitUninterrupted(goOn);
                                            }));
            begun.await();

            for (Backups second : List.of(backups, store.backups(target))) {
                assertThatThrownBy(() -> WrittenStore.make(second, false))
                        .isInstanceOfSatisfying(
                                BackupException.class,
                                e ->
                                        assertThat(e.kind())
                                                .isEqualTo(BackupException.Kind.BACKUP_RUNNING));
            }
            goOn.countDown();
            first.get();
        }
        requireGoesOn();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stoppedBackupLeavesNothing() throws Exception {
        store.saveSome(30);

        assertThatThrownBy(
                        () ->
                                backups.make(
                                        true,
                                        (activity, done, total) -> {
                                            if (activity.equals("reading the log")) {
                                                throw new StorageClosedException("closing");
                                            }
                                        }))
                .isInstanceOf(StorageClosedException.class);

        assertThat(filesOf(target)).noneMatch(file -> file.contains(".edb"));
        requireGoesOn();
    }

    @Test
    void closingEndsTheBackupThatRuns() throws Exception {
        store.saveSome(30);
        CountDownLatch begun = new CountDownLatch(1);
        Backups slow = store.backups(target, new BackupOptions(1, 5, 5));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> first =
                    threads.submit(
                            () -> slow.make(true, (activity, done, total) -> begun.countDown()));
            begun.await();
            slow.close();

            assertThatThrownBy(first::get).hasCauseInstanceOf(StorageClosedException.class);
        }
        assertThat(filesOf(target)).noneMatch(file -> file.contains(".edb"));
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAtTheNextStart() throws IOException {
        List<String> ids = chainOf(1);
        Path part = target.resolve("20200101T000000.000Z.full.edb.part");
        Files.writeString(part, "half");
        Path foreign = Files.writeString(target.resolve("holiday.part"), "not ours");

        backups.begin();

        assertThat(part).doesNotExist();
        assertThat(foreign).exists();
        assertThat(backups.list()).extracting(Backup::id).isEqualTo(ids);
        assertThat(backups.record().lastSequence()).isEqualTo(20);
    }

    @Test
    void onlySomeChainsAreKept() throws IOException {
        Backups few = store.backups(target, new BackupOptions(Long.MAX_VALUE, 2, 2));
        for (int i = 0; i < 10; i++) {
            store.saveSome(5);
            WrittenStore.make(few, false);
        }

        assertThat(few.list().reversed())
                .extracting(Backup::type)
                .containsExactly(
                        Backup.Type.FULL,
                        Backup.Type.INCREMENTAL,
                        Backup.Type.INCREMENTAL,
                        Backup.Type.FULL);
        assertThat(filesOf(target)).filteredOn(file -> file.endsWith(".edb")).hasSize(4);
        restore(target, NEWEST);
        store.requireRestored(restored, 50);
    }

    @Test
    void whereNothingWasWrittenNothingIsMade() {
        List<String> ids = chainOf(2);

        assertThat(WrittenStore.make(backups, false).isNew()).isFalse();
        store.engine().checkpoint();
        assertThat(WrittenStore.make(backups, false).isNew()).isFalse();

        assertThat(backups.list()).extracting(Backup::id).containsExactlyElementsOf(ids.reversed());
        store.engine().erase(WrittenStore.key("entity 1"), "officer");
        assertThat(WrittenStore.make(backups, false).backup().type()).isEqualTo(Backup.Type.FULL);
    }

    @Test
    void leftoversOfARestoreThatWasCutShortAreNoHindrance() throws IOException {
        chainOf(1);
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("entities.edb.new"), "half");
        Files.copy(target.resolve("erasures.ledger"), restored.resolve("erasures.ledger"));

        assertThatThrownBy(() -> WrittenStore.open(restored)).hasMessageContaining("missing");
        restore(target, NEWEST);

        store.requireRestored(restored, 20);
    }

    @Test
    void ledgerOfAnotherStoreIsRefused() throws IOException {
        chainOf(1);
        try (WrittenStore other = WrittenStore.open(directory.resolve("other"))) {
            other.save("a", "text");
            other.engine().erase(WrittenStore.key("a"), "officer");
        }
        Restore.Options foreign = new Restore.Options(directory.resolve("other"), false);

        assertThatThrownBy(
                        () ->
                                new Restore(target, restored, foreign)
                                        .run(NEWEST, (activity, done, total) -> {}))
                .hasMessageContaining("ledger of store ");
        assertThat(restored).doesNotExist();
        assertThat(new BackupDirectory(new OsDisk(target)).hasBackups()).isTrue();
    }
}

package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Backup;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.StorageClosedException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.unit.DataSize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Backups as a part of the service: when they are made, and what is said of their age. */
class BackupLifecycleTests {

    private static final CronExpression EVERY_SECOND = CronExpression.parse("* * * * * *");

    @TempDir private Path directory;
    private Path target;
    private WrittenStore store;
    private Backups backups;

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

    private BackupProperties properties(@Nullable String schedule) {
        return new BackupProperties(
                target, schedule, 30, 4, DataSize.ofMegabytes(64), Duration.ofDays(2));
    }

    @Test
    void backupsAreMadeWhenTheyAreDue() {
        store.saveSome(3);
        BackupLifecycle life = new BackupLifecycle(backups, EVERY_SECOND);
        life.start();
        try {
            await().until(() -> backups.record().made(Backup.Type.FULL) == 1);
            long last = store.saveSome(3);
            await().until(() -> backups.record().lastSequence() == last);
            assertThat(backups.record().made(Backup.Type.INCREMENTAL)).isPositive();
        } finally {
            life.stop();
        }
        assertThat(life.isRunning()).isFalse();
        assertThatThrownBy(() -> WrittenStore.make(backups, true))
                .isInstanceOf(StorageClosedException.class);
    }

    @Test
    void failureIsCountedAndTheNextOneIsTried() throws Exception {
        store.saveSome(3);
        Files.writeString(target, "in the way");
        BackupLifecycle life = new BackupLifecycle(backups, EVERY_SECOND);
        life.start();
        try {
            await().until(() -> backups.record().failed(Backup.Type.INCREMENTAL) > 0);
            assertThat(backups.record().failure()).isEqualTo("backup-target-unwritable");
            Files.delete(target);
            await().until(() -> backups.record().made(Backup.Type.FULL) == 1);
            assertThat(backups.record().failure()).isNull();
        } finally {
            life.stop();
        }
    }

    @Test
    void startTakesNoteOfWhatIsThereAndCleansUp() throws Exception {
        store.saveSome(3);
        WrittenStore.make(backups, true);
        Path part = Files.writeString(target.resolve("20200101T000000.000Z.full.edb.part"), "half");
        Backups next = store.backups(target);
        BackupLifecycle life = new BackupLifecycle(next, null);
        life.start();
        try {
            await().until(() -> next.record().lastSequence() == 3);
            assertThat(part).doesNotExist();
        } finally {
            life.stop();
        }
    }

    @Test
    void whoIsStartedAgainTakesOrdersAgain() {
        store.saveSome(3);
        BackupLifecycle life = new BackupLifecycle(backups, null);
        life.start();
        life.stop();
        life.start();
        try {
            WrittenStore.make(backups, true);
            assertThat(backups.record().made(Backup.Type.FULL)).isEqualTo(1);
        } finally {
            life.stop();
        }
    }

    @Test
    void whereBackupsAreOffNothingIsStarted() {
        Backups off = new Backups(store.engine(), store.disk(), null, BackupOptions.OFFLINE);
        BackupLifecycle life = new BackupLifecycle(off, null);

        life.start();

        assertThat(life.isRunning()).isFalse();
        assertThatThrownBy(off::list)
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e -> assertThat(e.kind()).isEqualTo(BackupException.Kind.BACKUP_OFF));
        assertThat(new BackupAge(off, store.engine(), () -> 0, Duration.ofDays(1)).status())
                .returns(false, BackupMonitor.Status::isOn)
                .returns(null, BackupMonitor.Status::staleReason);
        life.stop();
    }

    @Test
    void backupIsStaleWhenItIsOldAndSomethingWasWrittenSince() {
        AtomicLong clock = new AtomicLong(store.disk().now());
        BackupAge age = new BackupAge(backups, store.engine(), clock::get, Duration.ofHours(1));
        store.saveSome(1);
        assertThat(age.status().staleReason()).isNull();
        clock.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(age.status().staleReason()).isEqualTo("no backup was made yet");
        WrittenStore.make(backups, false);
        assertThat(age.status().staleReason()).isNull();
        clock.addAndGet(Duration.ofDays(9).toNanos());
        assertThat(age.status().staleReason()).isNull();

        store.saveSome(1);

        assertThat(age.status().staleReason()).isEqualTo("the newest backup is older than PT1H");
        assertThat(age.status().lastSequence()).isEqualTo(1);
        assertThat(age.status().lastVerifiedNanos()).isPositive();
        assertThat(age.status().fullMade()).isEqualTo(1);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThat(properties(null).toSchedule()).isNull();
        assertThat(properties(" ").toSchedule()).isNull();
        assertThat(Objects.requireNonNull(properties("0 0 3 * * *").toSchedule()))
                .hasToString("0 0 3 * * *");
        assertThatThrownBy(() -> properties("daily").toSchedule())
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("entitydb.backup.schedule");
        BackupProperties nowhere =
                new BackupProperties(
                        null, "0 0 3 * * *", 30, 4, DataSize.ofKilobytes(63), Duration.ofDays(2));
        assertThatThrownBy(nowhere::toSchedule)
                .isInstanceOf(InvalidConfigurationPropertyValueException.class);
        assertThatThrownBy(nowhere::toOptions)
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("entitydb.backup.rate");
    }
}

package io.entitydb.storage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.error.UploadLostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.AccessDeniedException;
import java.util.List;

class OpeningReportTests {

    private static final String DIRECTORY = "/srv/store";

    static List<Case> failures() {
        return List.of(
                new Case(
                        new StorageLockedException(DIRECTORY, "process 4711"),
                        "in use by process 4711",
                        "Stop the other process"),
                new Case(
                        new UnsupportedFormatException("entities.edb", "version 9", "version 1"),
                        "entities.edb: found version 9, supported is version 1",
                        "written by a newer EntityDB"),
                new Case(
                        new StorageFullException(65_536, 1024),
                        "65536 bytes wanted, 1024 available",
                        "Free space on the device"),
                new Case(
                        new StorageIoException(
                                "create directory", new AccessDeniedException(DIRECTORY)),
                        "create directory failed: /srv/store",
                        "may read and write it"),
                new Case(
                        new CorruptDataException("entities.edb", 8192, "crc is 1, not 2"),
                        "entities.edb at 8192: crc is 1, not 2",
                        "restore a backup"),
                new Case(
                        new DamagedEntityException(
                                new EntityKey("default", "a"),
                                new CorruptDataException("entities.edb", 8192, "crc is 1, not 2")),
                        "entities.edb at 8192: crc is 1, not 2",
                        "restore a backup"),
                new Case(
                        new RecoveryFailedException("no header slot verifies"),
                        "no header slot verifies",
                        "restore a backup"),
                new Case(
                        new StorageReadOnlyException("maintenance"),
                        "read-only: maintenance",
                        "entitydb.storage.read-only=true"),
                new Case(new StorageClosedException("closing"), "closing", "being stopped"),
                new Case(
                        new StorageBusyException(8),
                        "8 transactions",
                        "entitydb.storage.queue-capacity"),
                new Case(
                        new BackupException(BackupException.Kind.BACKUP_OFF, "no directory"),
                        "no directory",
                        "once the store is open"),
                new Case(
                        new OutcomeUnknownException("force failed"),
                        "force failed",
                        "Check the device"),
                new Case(new UploadLostException("it broke"), "it broke", "Check the device"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureSaysWhatWasFoundWhereAndWhatToDo(Case given) {
        OpeningReport report = OpeningReport.of(given.failure(), DIRECTORY);

        assertThat(report.found()).contains(given.found(), DIRECTORY);
        assertThat(report.action()).contains(given.action()).endsWith(".");
    }

    @Test
    void everyKindOfFailureIsTested() {
        assertThat(failures())
                .<Class<?>>extracting(given -> given.failure().getClass())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(StorageException.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyStoreSaysWhyWhereAndWhatToDo(StoreState.Reason reason) {
        OpeningReport report =
                OpeningReport.of(new StoreState.ReadOnly(reason, "the detail"), DIRECTORY);

        assertThat(report.found()).contains(reason.label(), "the detail", DIRECTORY);
        assertThat(report.action()).endsWith(".").hasSizeGreaterThan(20);
    }

    @Test
    void reasonsForReadOnlyHaveDifferentCures() {
        assertThat(StoreState.Reason.values())
                .extracting(
                        reason ->
                                OpeningReport.of(new StoreState.ReadOnly(reason, ""), DIRECTORY)
                                        .action())
                .doesNotHaveDuplicates();
    }

    /** A failure, and parts of what is said about it. */
    record Case(StorageException failure, String found, String action) {}
}

package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Backup;
import io.entitydb.entity.LogPoint;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.PowerCut;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.repair.ErasureTransfer;
import io.entitydb.storage.repair.Restoration;
import io.entitydb.storage.repair.RestorePoint;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The power fails at every call to the disk of a backup and of a restore. */
class BackupCrashTests {

    private static final long SEED = 28;

    /** States of the disk that are tried for each call. */
    private static final int STATES = 6;

    @TempDir private Path directory;
    private WrittenStore store;

    @BeforeEach
    void open() {
        store = WrittenStore.open(directory.resolve("data"));
        store.saveSome(12);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Backups on(Disk target) {
        return new Backups(store.engine(), store.disk(), target, BackupOptions.OFFLINE);
    }

    private static List<SimulatedDisk> crashed(SimulatedDisk disk) {
        return disk.crashStates(new CrashPlan(SEED, STATES)).toList();
    }

    @Test
    void backupsThatHaveTheirNameAreWholeWheneverThePowerFails() {
        int crashes = 0;
        int states = 0;
        boolean isCut = true;
        while (isCut) {
            SimulatedDisk disk = new SimulatedDisk(SEED);
            Backup first = WrittenStore.make(on(disk), false).backup();
            store.save("between", "version of crash " + crashes);
            isCut = isCutAt(disk, crashes);
            for (SimulatedDisk state : isCut ? crashed(disk) : List.<SimulatedDisk>of()) {
                states++;
                requireWhole(state, first);
            }
            crashes++;
        }
        System.out.printf("backup: %d calls, %d states%n", crashes - 1, states);
        assertThat(crashes).isGreaterThan(8);
    }

    private boolean isCutAt(SimulatedDisk disk, int call) {
        disk.control().crashBefore(disk.control().calls() + call + 1);
        try {
            WrittenStore.make(on(disk), false);
            return false;
        } catch (PowerCut e) {
            return true;
        }
    }

    /** The first backup is there, and all that have their name verify. */
    private void requireWhole(SimulatedDisk state, Backup first) {
        Listing listing = new BackupDirectory(state).list();
        assertThat(listing.problems()).isEmpty();
        assertThat(listing.files()).extracting(file -> file.name().id()).contains(first.id());
        for (Chain chain : listing.chains()) {
            VerificationReport report =
                    new Verification(BackupDirectory.placeOf(state, chain))
                            .run((activity, done, total) -> {});
            assertThat(report.isDamaged()).as("%s", report.findings()).isFalse();
            assertThat(report.figures().lastDigest()).isEqualTo(chain.end().lastDigest());
        }
        Backup next = WrittenStore.make(on(state), false).backup();
        assertThat(next.to()).isEqualTo(store.engine().log().newest());
        assertThat(state.list()).noneMatch(file -> file.endsWith(BackupName.PART));
    }

    @Test
    void restoreThatIsCutShortLeavesNoStoreOrAWholeOne() {
        SimulatedDisk backups = new SimulatedDisk(SEED);
        WrittenStore.make(on(backups), false);
        store.saveSome(5);
        WrittenStore.make(on(backups), false);
        Chain chain = new BackupDirectory(backups).list().chains().getFirst();
        assertThat(chain.parts()).hasSize(2);
        int calls = 0;
        int whole = 0;
        int states = 0;
        boolean isCut = true;
        while (isCut) {
            SimulatedDisk disk = new SimulatedDisk(SEED);
            ErasureTransfer.run(backups, disk, chain.end().identity().storeId());
            disk.control().crashBefore(disk.control().calls() + calls + 1);
            isCut = isRestoreCut(BackupDirectory.placeOf(backups, chain), disk);
            for (SimulatedDisk state : isCut ? crashed(disk) : List.of(disk.snapshotOfCache())) {
                states++;
                whole += isWholeStore(state) ? 1 : 0;
            }
            calls++;
        }
        System.out.printf(
                "restore: %d calls, %d states, %d of them whole stores%n",
                calls - 1, states, whole);
        assertThat(calls).isGreaterThan(8);
        assertThat(whole).isPositive().isLessThan(states);
    }

    private static boolean isRestoreCut(StorePlace source, SimulatedDisk disk) {
        try {
            new Restoration(source, disk, new Restoration.Options(64 << 10, 2))
                    .run(new RestorePoint.Newest(), (activity, done, total) -> {});
            return false;
        } catch (PowerCut e) {
            return true;
        }
    }

    /** A service finds all of history, or refuses the directory; it never begins an empty store. */
    private boolean isWholeStore(SimulatedDisk state) {
        try (StorageEngine engine =
                StorageEngine.over(state, WrittenStore.OPTIONS, StorageObserver.NONE)) {
            if (!state.list().contains("entities.edb")) {
                assertThatThrownBy(engine::open)
                        .isInstanceOf(RecoveryFailedException.class)
                        .hasMessageContaining("erasures.ledger is there");
                return false;
            }
            engine.open();
            LogPoint expected = store.engine().log().newest();
            assertThat(engine.log().newest()).isEqualTo(expected);
            return true;
        }
    }
}

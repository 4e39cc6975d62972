package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.SimulatedClock;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Damaged stores that are opened for writing: what they still answer is true, before and after they
 * were written on, and a store that is refused or read-only keeps its bytes.
 */
class FlipWritingTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));
    private static final EntityKey ADDED = TextStore.key("added to a damaged store");
    private static final int ROUNDS = 150;

    /** In the year 2033, when all golden files are old. */
    private static final long LATER = 2_000_000_000_000_000_000L;

    private final long seed = new Random().nextLong();

    private static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void whatIsDamagedIsNotMadeWorse(GoldenFile file) {
        FlipCheck check = new FlipCheck(file);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Damages.Damaged damaged = Damages.drawn(file, file, random);
            try {
                write(check, damaged);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "%s, %s, seed %d, round %d: %s"
                                .formatted(file, damaged.what().get(), seed, round, e),
                        e);
            }
        }
    }

    private static void write(FlipCheck check, Damages.Damaged damaged) {
        SimulatedDisk disk = new SimulatedDisk(1, new SimulatedClock(LATER));
        disk.replace(StoreFiles.DATA, damaged.data());
        byte[] image = damaged.image();
        if (image != null) {
            disk.replace(ImageWriter.FILE, image);
        }
        StorageEngine engine = engine(disk);
        try {
            engine.open();
        } catch (StorageException e) {
            requireUntouched(disk, damaged);
            return;
        }
        try (engine) {
            check.compare(engine, 0);
            if (!(engine.state() instanceof StoreState.Ready)) {
                assertThatThrownBy(() -> commit(engine))
                        .isInstanceOf(StorageReadOnlyException.class);
                requireUntouched(disk, damaged);
                return;
            }
            commit(engine);
            check.compare(engine, 1);
        }
        try (StorageEngine again = engine(disk)) {
            again.open();
            check.compare(again, 1);
            assertThat(again.state()).isEqualTo(new StoreState.Ready());
            assertThat(again.snapshot().latest(ADDED)).isPresent();
        }
    }

    private static void requireUntouched(SimulatedDisk disk, Damages.Damaged damaged) {
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(damaged.data());
    }

    private static void commit(StorageEngine engine) {
        Transaction transaction = engine.begin("tester");
        transaction.save(ADDED, TextStore.draft("text"));
        transaction.commit();
    }

    private static StorageEngine engine(SimulatedDisk disk) {
        return SmallStore.engine(disk, OPTIONS, StorageObserver.NONE, new PlatformCrew());
    }
}

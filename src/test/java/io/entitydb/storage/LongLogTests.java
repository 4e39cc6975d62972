package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.regression.Regression;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Logs longer than a number of 32 bits can tell, and positions around such borders. */
class LongLogTests {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** How far before a border the first frame stands. */
    private static final long RUN_UP = 64 * KIB;

    private static final int CHUNKED = 150_000;
    private static final int LARGEST = 48 << 20;

    /** Bytes that a tail really has; longer ones take minutes to write. */
    private static final long LONG_TAIL =
            ReliabilityGoal.level().equals("pr") ? 2 * GIB + 100 * MIB : 10 * GIB + 100 * MIB;

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    @TempDir private Path directory;

    @Regression(4)
    @ParameterizedTest
    @ValueSource(longs = {64 * KIB + 1, 100 * MIB + 1})
    void scenario04TailIsReplayedWholeAfterAKill(long length) {
        requireReplayed(length);
    }

    /** Nothing of it is left out: every byte of the tail is written and read. */
    @Test
    @Regression(4)
    void scenario04TailPastTwoGibibytesIsReplayedWholeAfterAKill() {
        requireReplayed(LONG_TAIL);
    }

    private static void requireReplayed(long length) {
        SimulatedDisk disk = new SimulatedDisk(4);
        StorageOptions options =
                OPTIONS.toBuilder().growthBytes(length > LARGEST ? 64 * MIB : 64 * KIB).build();
        Content content = content(length > LARGEST ? LARGEST : 10_000, 0);
        List<EntityKey> keys = new ArrayList<>();
        SimulatedDisk killed;
        try (TextStore store = TextStore.open(disk, options)) {
            while (store.engine().status().tailBytes() < length) {
                EntityKey key = TextStore.key("id " + keys.size());
                save(store, key, content);
                keys.add(key);
            }
            killed = disk.snapshotOfCache();
        }
        try (TextStore store = TextStore.open(killed, options)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            RecoveryReport report = Objects.requireNonNull(store.engine().status().recovery());
            assertThat(report.replayedBytes()).isGreaterThanOrEqualTo(length);
            assertThat(report.replayedTransactions()).isEqualTo(keys.size());
            for (EntityKey key : keys) {
                assertThat(latest(store, key).content()).isEqualTo(content);
            }
            requireContent(store, keys.getFirst(), content);
            requireContent(store, keys.getLast(), content);
            save(store, keys.getFirst(), content(10, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB, 4 * GIB, 10 * GIB})
    void framesAcrossABorderAreReadAfterACrash(long border) {
        SimulatedDisk disk = new SimulatedDisk(border);
        FarStore.create(disk, border - RUN_UP);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            long across = saveAcross(store, border);
            disk.crashStates(new CrashPlan(border, 10))
                    .forEach(
                            state -> {
                                try (TextStore crashed = TextStore.open(state, OPTIONS)) {
                                    requireSaved(crashed, across);
                                    crashed.save("after", "the crash");
                                }
                            });
        }
    }

    /** A real file with a hole, through maps of 1 GiB each. */
    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB, 4 * GIB, 10 * GIB})
    void framesAcrossABorderAreReadFromASparseFile(long border) throws IOException {
        Disk disk = new OsDisk(directory);
        FarStore.create(disk, border - RUN_UP);
        assertThat(Files.size(directory.resolve(StoreFiles.DATA))).isGreaterThanOrEqualTo(border);
        long across;
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            across = saveAcross(store, border);
            store.engine().checkpoint();
            store.save("id 0", "behind the checkpoint");
        }

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                requireSaved(store, across);
                assertThat(store.engine().status().header())
                        .isNotNull()
                        .extracting(Header::walOffset)
                        .satisfies(offset -> assertThat(offset).isGreaterThan(border));
            }
        }
    }

    /** Saves texts and larger contents until the log is well behind the border; tells how many. */
    private static long saveAcross(TextStore store, long border) {
        long count = 0;
        Header header = Objects.requireNonNull(store.engine().status().header());
        long far = border - header.dataEnd() + 2L * CHUNKED;
        while (store.engine().status().tailBytes() < far) {
            save(store, TextStore.key("id " + count), content(sizeOf(count), count));
            count++;
        }
        return count;
    }

    private static int sizeOf(long number) {
        return number % 5 == 4 ? CHUNKED : 3_000;
    }

    private static void requireSaved(TextStore store, long count) {
        assertThat(store.state()).isEqualTo(new StoreState.Ready());
        Snapshot snapshot = store.engine().snapshotAt(count);
        for (long i = 0; i < count; i++) {
            Entity entity = snapshot.latest(TextStore.key("id " + i)).orElseThrow();
            Content expected = content(sizeOf(i), i);
            assertThat(entity.content()).isEqualTo(expected);
            assertThat(entity.content().bytes()).isEqualTo(expected.bytes());
        }
    }

    /** Zeros behind a number: the simulated disk keeps no pages of zeros. */
    private static Content content(int length, long number) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).putLong(0, number);
        return Content.of("application/octet-stream", bytes);
    }

    private static void requireContent(TextStore store, EntityKey key, Content expected) {
        assertThat(Digest.sha256(latest(store, key).content().bytes()))
                .isEqualTo(expected.digest());
    }

    private static Entity latest(TextStore store, EntityKey key) {
        return store.engine().snapshot().latest(key).orElseThrow();
    }

    private static void save(TextStore store, EntityKey key, Content content) {
        Transaction transaction = store.engine().begin("tester");
        transaction.save(key, EntityDraft.of(Set.of(), content));
        transaction.commit();
    }
}

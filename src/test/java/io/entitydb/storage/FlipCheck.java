package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogEntry;
import io.entitydb.storage.GoldenHistory.Known;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens a damaged copy of a store, reads all of it, and compares each answer with what the store
 * held. An answer that differs without an error is an {@link AssertionError}; so is an error that
 * is not the engine's own, and what takes time or memory without bounds. Serves one thread.
 */
final class FlipCheck {

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder().isReadOnly(true).build();
    private static final EntityKey MISSING = new EntityKey("default", "there is no such entity");

    /** After a refusal the log is read on behind it; more often than that proves nothing more. */
    private static final int FOLLOWERS = 4;

    private final GoldenHistory golden;
    private final FrozenDisk disk;
    private final AllocationBound bound;
    private int refused;

    FlipCheck(GoldenFile file) {
        disk = new FrozenDisk(file.data(), file.image());
        StorageEngine engine = engine();
        engine.open();
        golden = GoldenHistory.read(engine);
        engine.close();
        bound = AllocationBound.of(() -> read(file.data(), file.image()));
    }

    /** What the store held. */
    GoldenHistory golden() {
        return golden;
    }

    /** Reads such a store. */
    FlipOutcome of(byte[] data, byte @Nullable [] image) {
        bound.begin();
        FlipOutcome outcome = read(data, image);
        bound.check();
        return outcome;
    }

    private FlipOutcome read(byte[] data, byte @Nullable [] image) {
        disk.thaw(data, image);
        StorageEngine engine = engine();
        try {
            engine.open();
        } catch (StorageException e) {
            return FlipOutcome.REFUSED;
        }
        try {
            return compare(engine, 0);
        } finally {
            engine.close();
        }
    }

    private StorageEngine engine() {
        return SmallStore.engine(disk, OPTIONS, StorageObserver.NONE, new PlatformCrew());
    }

    /**
     * Compares all that an open store answers.
     *
     * @param added transactions that came later, none of which changed what was there
     */
    FlipOutcome compare(StorageEngine engine, int added) {
        refused = 0;
        RecoveryReport report = engine.status().recovery();
        if (report == null) {
            throw new AssertionError("no report of the opening");
        }
        long held = engine.snapshot().sequence();
        if (report.damage() == null) {
            requireEqual(held, golden.sequence() + added, "last transaction");
        } else if (held > golden.sequence() + added) {
            throw new AssertionError("transaction " + held + " was never made");
        }
        compareLog(engine, added);
        golden.versions()
                .forEach(
                        (key, versions) -> {
                            compare(engine, key, upTo(versions, held));
                            compareBehindAGap(engine, versions, held);
                        });
        comparePast(engine, held);
        requireEqual(answer(() -> engine.snapshot().latest(MISSING)), Optional.empty(), "missing");
        if (refused > 0 || report.damage() != null) {
            return FlipOutcome.QUARANTINED;
        }
        boolean isNoticed =
                report.isIndexRebuilt() || report.validSlots() < 2 || report.discardedBytes() > 0;
        if (isNoticed) {
            return FlipOutcome.REBUILT;
        }
        return added == 0 && isNoticedByAScan(engine) ? FlipOutcome.LATENT : FlipOutcome.HARMLESS;
    }

    private boolean isNoticedByAScan(StorageEngine engine) {
        Header header = Objects.requireNonNull(engine.status().header());
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            file.map(header.dataEnd());
            LogScan scan =
                    new LogScan(
                            file,
                            new Checksum(header.identity()),
                            Header.DATA_OFFSET,
                            header.dataEnd());
            LogPart part = scan.next();
            while (part instanceof LogPart.Sound) {
                part = scan.next();
            }
            return part != null;
        }
    }

    private static List<Known> upTo(List<Known> versions, long sequence) {
        int count = versions.size();
        while (count > 0 && versions.get(count - 1).sequence() > sequence) {
            count--;
        }
        return versions.subList(0, count);
    }

    /** Every transaction in order; at a gap the log is refused and does not end. */
    private void compareLog(StorageEngine engine, int added) {
        LogFollower log = engine.follow(0);
        int followers = 1;
        long resumed = -1;
        for (LogEntry expected : golden.entries()) {
            if (followers > FOLLOWERS) {
                return;
            }
            boolean isPassed =
                    expected instanceof Erasure
                            ? expected.sequence() < resumed
                            : expected.sequence() <= resumed;
            LogFollower current = log;
            if (!isPassed && !compare(() -> Optional.ofNullable(next(current)), expected, "log")) {
                // What follows an erasure is only reached behind the next transaction.
                resumed = expected.sequence() + (expected instanceof Erasure ? 1 : 0);
                log = engine.follow(resumed);
                followers++;
            }
        }
        LogFollower last = log;
        LogEntry end = answer(() -> next(last));
        if (added == 0) {
            requireEqual(end, null, "end of the log");
        }
    }

    private static @Nullable LogEntry next(LogFollower log) {
        try {
            return log.next(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All versions of an entity, together and one by one, and their contents. */
    private void compare(StorageEngine engine, EntityKey key, List<Known> expected) {
        Snapshot snapshot = engine.snapshot();
        List<Entity> history =
                answer(() -> snapshot.history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT)));
        if (history != null) {
            requireEqual(history.size(), expected.size(), "versions of " + key);
        }
        for (int i = 0; i < expected.size(); i++) {
            Known known = expected.get(i);
            Entity entity = history == null ? version(snapshot, known) : history.get(i);
            if (entity != null) {
                compare(entity, known);
            }
        }
        if (!expected.isEmpty()) {
            compare(() -> snapshot.latest(key), expected.getLast().entity(), "newest version");
        }
    }

    private @Nullable Entity version(Snapshot snapshot, Known known) {
        EntityKey key = known.entity().key();
        long number = known.entity().version().number();
        Optional<Entity> found = answer(() -> snapshot.version(key, number));
        if (found == null) {
            return null;
        }
        return found.orElseThrow(() -> new AssertionError("no version " + number + " of " + key));
    }

    private void compare(Entity entity, Known known) {
        requireEqual(entity, known.entity(), "version");
        byte[] bytes = answer(() -> entity.content().bytes());
        if (bytes != null && !Arrays.equals(bytes, known.bytes())) {
            throw new AssertionError("content of " + entity + " differs");
        }
    }

    /** Versions behind a gap are found by their numbers, or refused; never are there none. */
    private void compareBehindAGap(StorageEngine engine, List<Known> versions, long held) {
        for (Known known : versions) {
            if (known.sequence() > held) {
                Entity entity = version(engine.snapshot(), known);
                if (entity != null) {
                    compare(entity, known);
                }
            }
        }
    }

    /** Right after each transaction by its sequence, and right before it by the instant. */
    private void comparePast(StorageEngine engine, long held) {
        for (LogEntry entry : golden.entries()) {
            if (entry instanceof Commit commit) {
                Timestamp justBefore = new Timestamp(commit.at().epochNanos() - 1);
                Snapshot before = answer(() -> engine.snapshotAt(justBefore));
                Snapshot after = after(engine, commit.sequence(), held);
                for (Entity change : commit.changes()) {
                    EntityKey key = change.key();
                    long number = change.version().number();
                    compareNumber(after, key, number);
                    compareNumber(before, key, number - 1);
                }
            }
        }
    }

    /** The state after a transaction; null if it is refused. What is lost at the end is unknown. */
    private @Nullable Snapshot after(StorageEngine engine, long sequence, long held) {
        try {
            return answer(() -> engine.snapshotAt(sequence));
        } catch (InvalidQueryException e) {
            if (sequence <= held) {
                throw e;
            }
            refused++;
            return null;
        }
    }

    /** What the versions hold was compared before; here the right one counts. */
    private void compareNumber(@Nullable Snapshot snapshot, EntityKey key, long number) {
        if (snapshot == null) {
            return;
        }
        Long found = answer(() -> number(snapshot, key));
        if (found != null && found != number) {
            throw new AssertionError(
                    "as of transaction %d version %d of %s is version %d"
                            .formatted(snapshot.sequence(), number, key, found));
        }
    }

    private static long number(Snapshot snapshot, EntityKey key) {
        if (snapshot instanceof EngineSnapshot engineSnapshot) {
            VersionRecord found = engineSnapshot.newest(key);
            return found == null ? 0 : found.number();
        }
        return snapshot.latest(key).map(entity -> entity.version().number()).orElse(0L);
    }

    /** Whether there was an answer; if so, it was the expected one. */
    private <T> boolean compare(Supplier<Optional<T>> read, T expected, String what) {
        Optional<T> found = answer(read);
        if (found == null) {
            return false;
        }
        requireEqual(found.orElse(null), expected, what);
        return true;
    }

    /** The answer; null if it was refused as damaged. */
    private <T extends @Nullable Object> @Nullable T answer(Supplier<T> read) {
        try {
            return read.get();
        } catch (CorruptDataException e) {
            refused++;
            return null;
        }
    }

    private static void requireEqual(
            @Nullable Object actual, @Nullable Object expected, String what) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new AssertionError(
                    what + ": expected " + brief(expected) + ", but was " + brief(actual));
        }
    }

    /** Transactions tell a lot of themselves. */
    private static String brief(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > 400 ? text.substring(0, 400) + " …" : text;
    }
}

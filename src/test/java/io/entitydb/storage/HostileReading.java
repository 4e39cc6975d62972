package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.storage.error.StorageException;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a store whose bytes may say anything all that can be asked. Whatever it answers, it answers
 * with a value or with an error of its own, in bounded time and memory. Serves one thread.
 */
final class HostileReading {

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder().isReadOnly(true).build();

    /** No golden file has as many transactions or versions, or as much content. */
    private static final int ENDLESS = 10_000;

    private static final long ENDLESS_BYTES = 64L << 20;

    private final Collection<EntityKey> keys;
    private boolean isNoticed;

    /**
     * A reader that knows what to ask for.
     *
     * @param keys of the entities that were in the store
     */
    HostileReading(Collection<EntityKey> keys) {
        this.keys = keys;
    }

    /** Whether the last reading met anything that was refused. */
    boolean isNoticed() {
        return isNoticed;
    }

    /** Reads a store to its end. */
    void read(byte[] data, byte @Nullable [] image) {
        isNoticed = false;
        FrozenDisk disk = new FrozenDisk(data, image);
        StorageEngine engine =
                SmallStore.engine(disk, OPTIONS, StorageObserver.NONE, new PlatformCrew());
        try {
            engine.open();
        } catch (StorageException e) {
            isNoticed = true;
            return;
        }
        try {
            RecoveryReport report = engine.status().recovery();
            isNoticed = report != null && report.damage() != null;
            readLog(engine);
            keys.forEach(key -> readEntity(engine, key));
        } finally {
            engine.close();
        }
    }

    private void readLog(StorageEngine engine) {
        LogFollower log = engine.follow(0);
        for (int i = 0; i < ENDLESS; i++) {
            LogEntry entry = answer(() -> next(log));
            if (entry == null) {
                return;
            }
            if (entry instanceof Commit commit) {
                commit.changes().forEach(this::readContent);
                answer(() -> engine.snapshotAt(commit.sequence()).sequence());
            }
        }
        throw new AssertionError("a log without end");
    }

    private static @Nullable LogEntry next(LogFollower log) {
        try {
            return log.next(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void readEntity(StorageEngine engine, EntityKey key) {
        Snapshot snapshot = engine.snapshot();
        read(key, () -> snapshot.latest(key));
        for (HistoryRange range :
                new HistoryRange[] {HistoryRange.newest(1000), HistoryRange.oldest(1000)}) {
            var history = answer(() -> snapshot.history(key, range));
            if (history != null) {
                history.forEach(entity -> readContent(key, entity));
            }
        }
        for (long number : new long[] {1, 2, 3, ENDLESS, Long.MAX_VALUE}) {
            read(key, () -> snapshot.version(key, number));
        }
        for (long instant : new long[] {0, 1L << 40, Long.MAX_VALUE / 2}) {
            read(key, () -> snapshot.asOf(key, new Timestamp(instant)));
        }
        for (long sequence = 0; sequence <= Math.min(snapshot.sequence(), 100); sequence += 7) {
            long before = sequence;
            read(key, () -> engine.snapshotAt(before).latest(key));
        }
    }

    private void read(EntityKey key, Supplier<@Nullable Optional<Entity>> read) {
        Optional<Entity> found = answer(read);
        if (found != null) {
            found.ifPresent(entity -> readContent(key, entity));
        }
    }

    private void readContent(EntityKey key, Entity entity) {
        if (!entity.key().equals(key)) {
            throw new AssertionError(entity + " is the answer for " + key);
        }
        readContent(entity);
    }

    private void readContent(Entity entity) {
        answer(() -> length(entity));
    }

    private static long length(Entity entity) {
        byte[] buffer = new byte[8192];
        long length = 0;
        try (InputStream in = entity.content().source().open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
                if (length > ENDLESS_BYTES) {
                    throw new AssertionError("a content without end: " + entity);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (length != entity.content().length()) {
            throw new AssertionError(length + " bytes are the content of " + entity);
        }
        return length;
    }

    private <T extends @Nullable Object> @Nullable T answer(Supplier<T> read) {
        try {
            return read.get();
        } catch (StorageException | EntityDbException e) {
            isNoticed = true;
            return null;
        }
    }
}

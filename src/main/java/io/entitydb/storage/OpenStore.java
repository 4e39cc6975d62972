package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionChain;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.RecoveredStore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The parts of a store while it is open. */
final class OpenStore {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final RecoveredStore recovered;
    private final EngineSettings settings;
    private final Visibility visibility;
    private final Writer writer;
    private final Checkpoint checkpoint;
    private final VersionChain chain;
    private final LongAdder damaged = new LongAdder();
    private final Quarantine quarantine = new Quarantine();
    private final StoreState.@Nullable ReadOnly readOnly;

    /**
     * A store that has been recovered.
     *
     * @param poisoned raised when its writer is poisoned
     * @param answered up to where instants were asked for of the store before
     */
    OpenStore(RecoveredStore recovered, EngineSettings settings, Signal poisoned, long answered) {
        this.recovered = recovered;
        this.settings = settings;
        readOnly = Reports.readOnly(recovered.findings(), settings.options().isReadOnly());
        FrameChain tail = recovered.wal().tail();
        visibility =
                new Visibility(
                        new CommitClock(settings, tail.commitTime(), answered),
                        new Published(tail, settings.crew().signal()));
        writer = new Writer(recovered, visibility, settings, poisoned);
        checkpoint = new Checkpoint(this);
        chain = new VersionChain(recovered.reader());
    }

    RecoveredStore parts() {
        return recovered;
    }

    Reader reader() {
        return recovered.reader();
    }

    VersionChain chain() {
        return chain;
    }

    Published published() {
        return visibility.published();
    }

    CommitClock clock() {
        return visibility.clock();
    }

    Writer writer() {
        return writer;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    EngineSettings settings() {
        return settings;
    }

    /** Ready, or why it takes no writes at present. */
    StoreState state() {
        if (readOnly != null) {
            return readOnly;
        }
        if (writer.isPoisoned()) {
            return new StoreState.ReadOnly(
                    StoreState.Reason.FORCE_FAILED, "a write or force failed");
        }
        return writer.isFull()
                ? new StoreState.ReadOnly(StoreState.Reason.NO_SPACE, "no space for the log")
                : new StoreState.Ready();
    }

    /** Commits a transaction and returns its sequence. */
    long commit(CommitRequest request) {
        if (readOnly != null) {
            throw new StorageReadOnlyException(readOnly.reason().label());
        }
        return writer.commit(request);
    }

    /** Starts the threads, if the store takes writes. */
    void start() {
        if (readOnly == null) {
            writer.start();
            checkpoint.start();
        }
    }

    /** Ends the threads: finishes what waits, writes a last checkpoint and the last header. */
    void finish() {
        if (readOnly != null) {
            return;
        }
        checkpoint.stop();
        try {
            // A last checkpoint makes the next opening short; without it that one replays the log.
            if (!writer.isPoisoned()) {
                checkpoint.run();
            }
        } catch (StorageException e) {
            settings.observer().checkpointed(false, 0);
        } finally {
            writer.stop(STOP_PATIENCE);
        }
    }

    /** Closes the file: readers fail from here on. */
    void close() {
        published().close();
        recovered.file().close();
    }

    /** Whether it takes no writes because its tail could not be made certain. */
    boolean isUnsettled() {
        return readOnly != null && readOnly.reason() == StoreState.Reason.FORCE_FAILED;
    }

    boolean isReadOnly() {
        return readOnly != null;
    }

    EngineSnapshot snapshot() {
        return new EngineSnapshot(this, published().border().sequence(), Long.MAX_VALUE);
    }

    /** Hash of a key in the entity index. */
    long hashOf(EntityKey key) {
        return recovered.keyHash().of(key);
    }

    /** The newest version's record in the index, visible or not yet; null if there is none. */
    @Nullable VersionRecord head(EntityKey key) {
        Head head = new Head(key);
        recovered.index().find(hashOf(key), head::isKey);
        return head.found;
    }

    /** What is known to be damaged. */
    Quarantine quarantine() {
        return quarantine;
    }

    /** Reads that met damaged bytes. */
    long damaged() {
        return damaged.sum();
    }

    void countDamage(CorruptDataException e) {
        damaged.increment();
        quarantine.add(DamagedPlace.of(e, DamagedPlace.Part.VERSION, DamagedPlace.Finder.READ));
        settings.observer().corruptionFound("log", e.position());
    }

    /** Keeps the record that was read to compare the key, so that it is read once. */
    private final class Head {

        private final EntityKey key;
        private @Nullable VersionRecord found;

        private Head(EntityKey key) {
            this.key = key;
        }

        private boolean isKey(long position) {
            VersionRecord candidate = reader().readVersion(position);
            if (candidate.isOf(key, reader().dictionary())) {
                found = candidate;
                return true;
            }
            return false;
        }
    }
}

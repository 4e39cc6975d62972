package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UploadLostException;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionChain;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.RecoveredStore;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The parts of a store while it is open. */
final class OpenStore {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final RecoveredStore recovered;
    private final EngineSettings settings;
    private final Visibility visibility;
    private final Writer writer;
    private final Checkpoint checkpoint;
    private final Erasing erasing;
    private final Uploads uploads;
    private final ChunkWriting chunks;
    private final Scrubber scrubber;
    private final VersionChain chain;
    private final LongAdder damaged = new LongAdder();
    private final StoreState.@Nullable ReadOnly readOnly;
    private volatile boolean isRetired;
    private volatile boolean isStranded;
    private volatile boolean isContinued;

    /**
     * A store that has been recovered.
     *
     * @param poisoned raised when its writer is poisoned
     * @param answered up to where instants were asked for of the store before
     * @param scrub what is asked of its scrubs
     */
    OpenStore(
            RecoveredStore recovered,
            EngineSettings settings,
            Signal poisoned,
            long answered,
            ScrubControl scrub) {
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
        AfterGap gap = recovered.afterGap();
        chain =
                gap == null
                        ? new VersionChain(recovered.reader())
                        : new VersionChain(recovered.reader(), gap::earliestAt);
        recovered.reader().onDamage(this::quarantine);
        recovered.reader().keep(settings.options().cachedVersions());
        uploads = new Uploads(this);
        chunks = new ChunkWriting(recovered, writer, settings);
        erasing = new Erasing(this);
        scrubber = new Scrubber(this, scrub);
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

    Erasing erasing() {
        return erasing;
    }

    Uploads uploads() {
        return uploads;
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
        if (writer.isPoisoned() || isStranded) {
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
        try {
            return writer.commit(request);
        } catch (StorageClosedException e) {
            throw isRetired ? replaced(request.drafts().getFirst().key()) : e;
        }
    }

    /** Why a transaction that began on it must begin again. */
    private static VersionConflictException replaced(EntityKey key) {
        return new VersionConflictException(key, "the data file was replaced meanwhile");
    }

    /** Begins to receive a content. */
    EngineUpload upload(EntityKey key) {
        if (readOnly != null) {
            throw new StorageReadOnlyException(readOnly.reason().label());
        }
        writer.refuseIfStopped();
        writer.requireSpace();
        return uploads.begin(key);
    }

    /** Appends a piece of a content; where its record stands. */
    long append(EngineUpload upload, ByteBuffer piece) {
        Duration patience = settings.options().commitTimeout();
        try {
            return switch (writer.call(() -> chunks.append(upload, piece), patience)) {
                case ChunkWriting.Outcome.Written(long position) -> position;
                case ChunkWriting.Outcome.Refused(RuntimeException reason) -> throw reason;
            };
        } catch (StorageClosedException e) {
            throw isRetired ? new UploadLostException("the data file was replaced") : e;
        }
    }

    /** Erases an entity. */
    ErasedEntity erase(EntityKey key, String principal) {
        if (readOnly != null) {
            throw new StorageReadOnlyException(readOnly.reason().label());
        }
        return erasing.erase(key, principal);
    }

    /** Starts the threads, if the store takes writes. */
    void start() {
        if (readOnly == null) {
            writer.start();
            checkpoint.start();
            scrubber.start();
        }
    }

    /** Ends the threads: finishes what waits, writes a last checkpoint and the last header. */
    void finish() {
        if (readOnly != null) {
            return;
        }
        scrubber.stop();
        checkpoint.stop();
        try {
            // A last checkpoint makes the next opening short; without it that one replays the log.
            if (!writer.isPoisoned()) {
                writer.closeToCommits(STOP_PATIENCE);
                checkpoint.run();
            }
        } catch (StorageException e) {
            settings.observer().checkpointed(false, 0);
        } finally {
            writer.stop(STOP_PATIENCE);
        }
    }

    /**
     * Ends the threads because another file is going to be opened in its place: finishes what
     * waits. Reads go on.
     *
     * @return false if the writer hangs
     */
    boolean retire() {
        isRetired = true;
        scrubber.stop();
        checkpoint.stop();
        erasing.close();
        writer.stop(STOP_PATIENCE);
        return !writer.isAlive();
    }

    /** Whether it takes no writes because another file is going to be opened in its place. */
    boolean isRetired() {
        return isRetired;
    }

    /** The file that was opened in its place tells the same of every version. */
    void continued() {
        isContinued = true;
    }

    boolean isContinued() {
        return isContinued;
    }

    /** No store is going to be opened in its place. */
    void strand() {
        isStranded = true;
    }

    /** Closes the file: readers fail from here on. */
    void close() {
        published().close();
        recovered.reader().keep(0);
        recovered.file().close();
        recovered.ledger().close();
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

    /** What the index leads to for a key, visible or not yet. */
    Newest newest(EntityKey key) {
        return Newest.of(key, hashOf(key), recovered.index(), reader());
    }

    /** As {@link Snapshot#expect}. */
    void expect(List<EntityKey> keys) {
        long[] positions = new long[keys.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = recovered.index().find(hashOf(keys.get(i)), position -> true);
        }
        reader().expect(positions);
    }

    /** As {@link #newest}, where the content is not wanted. */
    Newest newestHead(EntityKey key, long hash) {
        return Newest.headOf(key, hash, recovered.index(), reader());
    }

    /** What can be read behind damage that ended the replay of the log; null if none did. */
    @Nullable AfterGap afterGap() {
        return recovered.afterGap();
    }

    /** What is known to be damaged. */
    Quarantine quarantine() {
        return recovered.quarantine();
    }

    /** Bytes that the log may still take: those that are claimed, and those that may be. */
    long spaceLeft() {
        Wal wal = recovered.wal();
        long allocated = wal.allocatedBytes();
        long claimable =
                Math.min(
                        settings.disk().usableBytes(),
                        settings.options().maxFileBytes() - allocated);
        return wal.freeBytes() + Math.max(0, claimable);
    }

    /** Where reads are counted. */
    StorageObserver observer() {
        return settings.observer();
    }

    /** Reads that met damaged bytes. */
    long damaged() {
        return damaged.sum();
    }

    void countDamage(CorruptDataException e) {
        damaged.increment();
        DamagedPlace place = e.place();
        if (e.lost() == null) {
            quarantine(
                    place == null
                            ? DamagedPlace.of(
                                    e, DamagedPlace.Part.VERSION, DamagedPlace.Finder.READ)
                            : place);
        }
        settings.observer().corruptionFound("log", e.position());
    }

    /** A scrub met something that does not verify. */
    void scrubFound(DamagedPlace place) {
        DamagedPlace dated = place.toBuilder().foundAt(settings.disk().now()).build();
        if (quarantine().add(dated)) {
            settings.observer().corruptionFound("log", place.position());
        }
    }

    private void quarantine(DamagedPlace place) {
        quarantine().add(place.toBuilder().foundAt(settings.disk().now()).build());
    }
}

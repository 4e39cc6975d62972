package io.entitydb.storage;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.DraftContent;
import io.entitydb.storage.log.EraseTable;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionDraft;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Commits batches: checks each transaction, encodes those that pass, writes them at once, forces
 * once, applies them to the index, makes them visible, and answers in order. Used by the writer's
 * thread only.
 *
 * <p>Nothing is applied, visible or answered before the force has returned; with interval
 * durability, before the write has returned. A transaction that is refused leaves no trace in the
 * batch. When the write or the force fails, the exception leaves {@link #commit} and nothing of the
 * batch is answered by this class: its outcome is unknown.
 */
final class GroupCommit {

    private final HeaderSync headerSync;
    private final Wal wal;
    private final EntityIndex index;
    private final Reader reader;
    private final RecoveredStore store;
    private final FrameAppender appender;
    private final Space space;
    private final Forcing forcing;
    private final CommitClock clock;
    private final Published published;
    private final StorageObserver observer;
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final Set<EntityKey> written = new HashSet<>();
    private @Nullable FrameHeader dictionaryFrame;

    GroupCommit(
            RecoveredStore store,
            Space space,
            Forcing forcing,
            Visibility visibility,
            EngineSettings settings) {
        this.store = store;
        this.space = space;
        this.forcing = forcing;
        clock = visibility.clock();
        published = visibility.published();
        headerSync = store.headerSync();
        wal = store.wal();
        index = store.index();
        reader = store.reader();
        observer = settings.observer();
        appender =
                new FrameAppender(
                        headerSync.current().identity(),
                        reader.dictionary(),
                        settings.options().batchBytes(),
                        wal.tail());
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Accepted(CommitRequest request, long sequence, long[] positions) {}

    private record Refused(CommitRequest request, RuntimeException reason) {}

    /**
     * Commits as many of the requests as fit into one batch, at least one.
     *
     * @return how many were taken, from the first on; each of them is answered
     */
    int commit(List<CommitRequest> requests) {
        accepted.clear();
        refused.clear();
        written.clear();
        appender.begin(wal.tail(), wal.durableFrame(), headerSync.current().generation());
        int taken = 0;
        while (taken < requests.size() && take(requests.get(taken))) {
            taken++;
        }
        if (!accepted.isEmpty()) {
            append();
            apply();
            forcing.applied();
        }
        clock.settled();
        answer();
        return taken;
    }

    /** The newest durable dictionary frame that the header does not tell yet; null if it does. */
    @Nullable FrameHeader dictionaryFrame() {
        return dictionaryFrame;
    }

    /** Appends one more copy of the dictionary; without space for it there is none this time. */
    void copyDictionary() {
        appender.begin(wal.tail(), wal.durableFrame(), headerSync.current().generation());
        long bytes = appender.maxBytes(List.of());
        if (bytes > wal.freeBytes() || !appender.fits(bytes)) {
            return;
        }
        appender.appendDictionary();
        var copy = appender.bytes();
        int length = copy.remaining();
        wal.append(copy, appender.chain());
        observer.appended(length);
        forcing.appended();
        dictionaryFrame = appender.dictionaryFrame();
        published.advance(wal.tail());
        forcing.applied();
    }

    private boolean take(CommitRequest request) {
        long bytes = appender.maxBytes(request.drafts());
        if (!appender.fits(bytes)) {
            return false;
        }
        FrameAppender.Mark mark = appender.mark();
        try {
            request.expectations().forEach(this::require);
            requireNoErasure(request);
            requireUploads(request);
            space.reserve(mark.length() + bytes);
            long sequence = appender.chain().sequence() + 1;
            long[] positions =
                    appender.append(request.drafts(), new Commitment(sequence, clock.stamp()));
            accepted.add(new Accepted(request, sequence, positions));
            request.drafts().forEach(draft -> written.add(draft.key()));
            store.positions().note(sequence, wal.tail().position() + mark.length());
        } catch (EntityDbException | StorageFullException | DamagedEntityException e) {
            appender.reset(mark);
            refused.add(new Refused(request, e));
        }
        return true;
    }

    /** First committer wins, be it in this batch or in an earlier one. */
    private void require(Expectation expected) {
        EntityKey key = expected.key();
        if (written.contains(key)) {
            throw new VersionConflictException(key, "another transaction changed it first");
        }
        try {
            if (newest(expected) != expected.position()) {
                throw new VersionConflictException(key, "another transaction changed it first");
            }
            requireSound(expected.position());
        } catch (CorruptDataException e) {
            throw new DamagedEntityException(key, e);
        }
    }

    private long newest(Expectation expected) {
        long seen = expected.position();
        return index.find(
                expected.hash(),
                position ->
                        seen == 0
                                ? reader.readVersion(position)
                                        .isOf(expected.key(), reader.dictionary())
                                : position == seen);
    }

    /** What was intact when the transaction read it may have been found damaged since. */
    private void requireSound(long position) {
        if (position != 0 && store.quarantine().at(StoreFiles.DATA, position) != null) {
            reader.readVersion(position);
        }
    }

    /** What a transaction made of a version that was erased meanwhile must not bring it back. */
    private void requireNoErasure(CommitRequest request) {
        EraseTable erasing = reader.erasing();
        boolean isQuiet = request.erasures() == erasing.begun() && erasing.isEmpty();
        for (Expectation expected : isQuiet ? List.<Expectation>of() : request.expectations()) {
            if (isErased(expected) || erasing.isErasing(expected.key())) {
                throw new VersionConflictException(expected.key(), "it is being erased");
            }
        }
    }

    /** Pieces that were received may have been erased since, or given up. */
    private static void requireUploads(CommitRequest request) {
        for (VersionDraft draft : request.drafts()) {
            if (draft.content() instanceof DraftContent.Uploaded uploaded
                    && !uploaded.isThere().getAsBoolean()) {
                throw EngineUpload.erased(draft.key());
            }
        }
    }

    private boolean isErased(Expectation expected) {
        if (expected.position() == 0 || expected.isErased()) {
            return false;
        }
        try {
            return reader.readVersion(expected.position()).isErased();
        } catch (CorruptDataException e) {
            throw new DamagedEntityException(expected.key(), e);
        }
    }

    private void append() {
        var bytes = appender.bytes();
        int length = bytes.remaining();
        wal.append(bytes, appender.chain());
        observer.appended(length);
        space.ahead(length);
        forcing.appended();
        observer.batchCommitted(accepted.size());
    }

    private void apply() {
        if (appender.dictionaryFrame() != null) {
            dictionaryFrame = appender.dictionaryFrame();
        }
        for (Accepted commit : accepted) {
            if (headerSync.nextWalSequence() != commit.sequence()) {
                throw new IllegalStateException("sequence and log have parted");
            }
            int delta = 0;
            List<VersionDraft> drafts = commit.request().drafts();
            for (int i = 0; i < drafts.size(); i++) {
                VersionDraft draft = drafts.get(i);
                long position = commit.positions()[i];
                if (draft.previousPosition() == 0) {
                    index.insert(draft.hash(), position);
                } else if (!index.replace(draft.hash(), draft.previousPosition(), position)) {
                    throw new IllegalStateException("index and log have parted");
                }
                delta += draft.livingDelta();
            }
            headerSync.addEntities(delta);
        }
        published.advance(wal.tail());
    }

    private void answer() {
        long now = System.nanoTime();
        for (Accepted commit : accepted) {
            observer.commitAnswered(
                    StorageObserver.CommitResult.COMMITTED, now - commit.request().enqueuedNanos());
            commit.request().outcome().complete(commit.sequence());
        }
        for (Refused refusal : refused) {
            observer.commitAnswered(
                    refusal.reason() instanceof VersionConflictException
                            ? StorageObserver.CommitResult.CONFLICT
                            : StorageObserver.CommitResult.REFUSED,
                    now - refusal.request().enqueuedNanos());
            refusal.request().outcome().completeExceptionally(refusal.reason());
        }
        accepted.clear();
    }
}

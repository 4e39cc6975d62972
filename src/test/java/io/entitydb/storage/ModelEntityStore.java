package io.entitydb.storage;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Commit;
import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.header.HeaderCounters;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a store promises, in memory and without cleverness: a list of commits, and for each entity
 * the list of its versions. The oracle of tests that compare an engine with it, and a stand-in for
 * one where nothing needs to survive the process. It outlives being closed and opened again.
 *
 * <p>Not final, so that tests can break one promise at a time and see it noticed.
 */
public class ModelEntityStore implements StorageEngine {

    private final LongSupplier clock;

    @GuardedBy("this")
    private final List<Commit> commits = new ArrayList<>();

    @GuardedBy("this")
    private final Map<EntityKey, List<Entity>> histories = new HashMap<>();

    /** The newest erased version of each entity of which any is; all before it are erased too. */
    @GuardedBy("this")
    private final Map<EntityKey, Long> erased = new HashMap<>();

    /** Commit times are later than this: the last one, and every instant that was asked for. */
    @GuardedBy("this")
    private long floor;

    @GuardedBy("this")
    private boolean isOpen;

    /**
     * An empty store, not open yet.
     *
     * @param clock nanoseconds since 1970; may step back
     */
    public ModelEntityStore(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void open() {
        isOpen = true;
    }

    @Override
    public synchronized void close() {
        isOpen = false;
        notifyAll();
    }

    @Override
    public synchronized StoreState state() {
        return isOpen ? new StoreState.Ready() : new StoreState.Closed();
    }

    @Override
    public synchronized EngineStatus status() {
        long living = histories.values().stream().filter(this::isLiving).count();
        return new EngineStatus(
                state(),
                null,
                HeaderCounters.ZERO,
                new EngineStatus.SlotsValid(true, true),
                commits.size(),
                commits.size(),
                0,
                0,
                new EngineStatus.WriterStatus(isOpen, false, 0, 1, 0, living),
                0,
                EngineStatus.Quarantined.NONE,
                null);
    }

    @Override
    public synchronized Snapshot snapshot() {
        requireOpen();
        return new ModelSnapshot(this, commits.size());
    }

    @Override
    public boolean await(long sequence, Duration patience) {
        return snapshot().sequence() >= sequence;
    }

    @Override
    public synchronized Snapshot snapshotAt(long sequence) {
        requireOpen();
        if (sequence > commits.size()) {
            throw new InvalidQueryException(
                    "asOf", "transaction " + sequence + " is after " + commits.size());
        }
        return new ModelSnapshot(this, sequence);
    }

    @Override
    public synchronized Snapshot snapshotAt(Timestamp instant) {
        requireOpen();
        if (instant.epochNanos() > Math.max(clock.getAsLong(), floor)) {
            throw new InvalidQueryException("asOf", "instant " + instant + " lies in the future");
        }
        floor = Math.max(floor, instant.epochNanos());
        long sequence = commits.stream().filter(c -> !c.at().isAfter(instant)).count();
        return new ModelSnapshot(this, sequence);
    }

    @Override
    public Transaction begin(String principal) {
        return new ModelTransaction(this, snapshot(), principal);
    }

    @Override
    public DurableLog log() {
        throw new StorageClosedException("a model, which keeps no log");
    }

    @Override
    public LogFollower follow(long afterSequence) {
        return new ModelFollower(this, afterSequence);
    }

    @Override
    public synchronized void checkpoint() {
        requireOpen();
    }

    private boolean isLiving(List<Entity> all) {
        return !seen(all.getLast()).isDeleted();
    }

    /** All versions of an entity, oldest first, as far as a transaction. */
    synchronized List<Entity> versions(EntityKey key, long sequence) {
        requireOpen();
        return histories.getOrDefault(key, List.of()).stream()
                .filter(entity -> entity.version().transaction() <= sequence)
                .map(this::seen)
                .toList();
    }

    /** The transactions after one of them, in order. */
    synchronized List<Commit> commitsAfter(long sequence) {
        requireOpen();
        return commits.subList((int) sequence, commits.size()).stream()
                .map(
                        commit ->
                                new Commit(
                                        commit.sequence(),
                                        commit.at(),
                                        commit.digest(),
                                        commit.changes().stream().map(this::seen).toList()))
                .toList();
    }

    @Override
    public synchronized ContentUpload upload(EntityKey key) {
        requireOpen();
        return new ModelUpload();
    }

    @Override
    public synchronized ErasedEntity erase(EntityKey key, String principal) {
        requireOpen();
        List<Entity> versions = histories.get(key);
        if (versions == null) {
            throw NotFoundException.missing(key);
        }
        long newest = versions.size();
        long before = erasedUpTo(key);
        erased.put(key, newest);
        return new ErasedEntity(newest, newest - before, commits.size());
    }

    /** The newest erased version of an entity; 0 if none is. */
    synchronized long erasedUpTo(EntityKey key) {
        return erased.getOrDefault(key, 0L);
    }

    /** The newest erased version of each entity of which any is. */
    synchronized Map<EntityKey, Long> erased() {
        return Map.copyOf(erased);
    }

    /** A version, or what an erasure left of it. */
    private synchronized Entity seen(Entity entity) {
        Version version = entity.version();
        return version.number() > erasedUpTo(entity.key())
                ? entity
                : new Entity(
                        entity.key(),
                        new Version(
                                version.number(),
                                ChangeKind.ERASED,
                                version.transaction(),
                                version.at(),
                                version.principal()),
                        entity.createdAt(),
                        version.principal(),
                        new TreeMap<>(),
                        Content.EMPTY);
    }

    /**
     * Decides a transaction.
     *
     * @param writes what it wrote, the last state of each entity
     * @param relied entities that must stand at the version of this number, 0 for none
     * @return its sequence; the newest if it wrote nothing
     */
    synchronized long commit(Collection<Entity> writes, Map<EntityKey, Long> relied) {
        requireOpen();
        relied.forEach(this::requireRelied);
        for (Entity write : writes) {
            requireUnchanged(write.key(), write.version().number() - 1);
        }
        if (writes.isEmpty()) {
            return commits.size();
        }
        long sequence = commits.size() + 1L;
        floor = Math.max(clock.getAsLong(), floor + 1);
        Timestamp at = new Timestamp(floor);
        List<Entity> changes =
                writes.stream().map(pending -> settle(pending, sequence, at)).toList();
        for (Entity change : changes) {
            histories.computeIfAbsent(change.key(), _ -> new ArrayList<>()).add(change);
        }
        commits.add(new Commit(sequence, at, digest(sequence, at), changes));
        notifyAll();
        return sequence;
    }

    /** Refuses a commit that relies on another version of an entity than the newest. */
    protected void requireUnchanged(EntityKey key, long number) {
        long newest = versions(key, Long.MAX_VALUE).size();
        if (newest != number) {
            throw new VersionConflictException(
                    key, "is at version " + newest + ", the transaction saw " + number);
        }
    }

    /** Refuses a commit that was told to rely on another version of an entity than the newest. */
    protected void requireRelied(EntityKey key, long number) {
        requireUnchanged(key, number);
    }

    /** The version that a pending one becomes. */
    protected Entity settle(Entity pending, long sequence, Timestamp at) {
        Version version = pending.version();
        SortedMap<Tag, Timestamp> tags = new TreeMap<>(pending.tags());
        tags.replaceAll((_, since) -> since.equals(Timestamp.MAX) ? at : since);
        return new Entity(
                pending.key(),
                new Version(version.number(), version.kind(), sequence, at, version.principal()),
                pending.createdAt().equals(Timestamp.MAX) ? at : pending.createdAt(),
                pending.createdBy(),
                tags,
                pending.content());
    }

    @GuardedBy("this")
    private Digest digest(long sequence, Timestamp at) {
        Digest previous = commits.isEmpty() ? Digest.ZERO : commits.getLast().digest();
        ByteBuffer message = ByteBuffer.allocate(Digest.BYTES + 2 * Long.BYTES);
        message.put(previous.bytes()).putLong(sequence).putLong(at.epochNanos());
        return Digest.sha256(message.array());
    }

    @GuardedBy("this")
    private void requireOpen() {
        if (!isOpen) {
            throw new StorageClosedException("closed");
        }
    }

    @Override
    public RetentionPlan plan(Retention retention, Progress progress) {
        throw new AssertionError("a model has no file");
    }

    @Override
    public CompactionReport compact(RetentionPlan plan, Progress progress) {
        throw new AssertionError("a model has no file");
    }

    @Override
    public LogPrefix prefix() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreCheck check(Progress progress) {
        throw new AssertionError("a model has no file");
    }
}

package io.entitydb.search;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Commit;
import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.storage.DurableLog;
import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.ErasedEntity;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCounters;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** An engine that keeps its commits in memory, with the rules of the real one for readers. */
final class MemoryEngine implements StorageEngine {

    /** Commit times: far from sequences, and not one apart. */
    private static final long FIRST_NANOS = 1_700_000_000_000_000_000L;

    /** Time between two commits. */
    static final long STEP_NANOS = 1009;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final List<Commit> commits = new ArrayList<>();
    private final Map<EntityKey, List<Entity>> versions = new LinkedHashMap<>();
    private StoreState state = new StoreState.Ready();
    private UUID fileId = UUID.randomUUID();
    private long epoch = 1;
    private long opening;
    private boolean isLogHeld;
    private final List<Long> followed = new CopyOnWriteArrayList<>();

    /** What a transaction does to its entities; null deletes. */
    static final class Changes {

        private final Map<EntityKey, Optional<Set<Tag>>> changes = new LinkedHashMap<>();

        Changes put(EntityKey key, Set<Tag> tags) {
            changes.put(key, Optional.of(tags));
            return this;
        }

        Changes delete(EntityKey key) {
            changes.put(key, Optional.empty());
            return this;
        }

        Set<EntityKey> keys() {
            return changes.keySet();
        }

        /** Does the same in a transaction of any engine. */
        long commitTo(StorageEngine engine) {
            Transaction transaction = engine.begin("test");
            changes.forEach(
                    (key, tags) -> {
                        if (tags.isPresent()) {
                            transaction.save(key, EntityDraft.of(tags.get(), Content.EMPTY));
                        } else {
                            transaction.delete(key);
                        }
                    });
            return transaction.commit();
        }
    }

    /** The commit time of a transaction. */
    static Timestamp timeOf(long sequence) {
        return new Timestamp(FIRST_NANOS + sequence * STEP_NANOS);
    }

    /** Commits; the transaction is visible and durable when this returns. */
    long commit(Changes changes) {
        lock.lock();
        try {
            requireOpen();
            long sequence = commits.size() + 1L;
            Timestamp at = timeOf(sequence);
            List<Entity> written = new ArrayList<>();
            changes.changes.forEach((key, tags) -> written.add(next(key, tags, sequence, at)));
            Digest before = commits.isEmpty() ? Digest.ZERO : commits.getLast().digest();
            String facts = before + "/" + sequence + "/" + at + "/" + written;
            Digest digest = Digest.sha256(facts.getBytes(StandardCharsets.UTF_8));
            written.forEach(e -> versions.computeIfAbsent(e.key(), k -> new ArrayList<>()).add(e));
            commits.add(new Commit(sequence, at, digest, written));
            changed.signalAll();
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    private Entity next(EntityKey key, Optional<Set<Tag>> tags, long sequence, Timestamp at) {
        List<Entity> earlier = versions.getOrDefault(key, List.of());
        Entity last = earlier.isEmpty() ? null : earlier.getLast();
        if (tags.isEmpty() && (last == null || last.isDeleted())) {
            throw new IllegalArgumentException("cannot delete " + key);
        }
        ChangeKind kind = tags.isEmpty() ? ChangeKind.DELETE : ChangeKind.PUT;
        Version version = new Version(earlier.size() + 1, kind, sequence, at, "test");
        Timestamp createdAt = last == null || last.isDeleted() ? at : last.createdAt();
        SortedMap<Tag, Timestamp> asserted = new TreeMap<>();
        tags.orElse(Set.of()).forEach(tag -> asserted.put(tag, at));
        return new Entity(key, version, createdAt, "test", asserted, Content.EMPTY);
    }

    /** Keeps the first transactions and forgets the others, as a restore would. */
    void forgetAfter(long sequence) {
        lock.lock();
        try {
            commits.subList((int) sequence, commits.size()).clear();
            versions.values()
                    .forEach(list -> list.removeIf(e -> e.version().transaction() > sequence));
            versions.values().removeIf(List::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the file another name, or history another epoch. */
    void becomes(UUID newFileId, long newEpoch) {
        lock.lock();
        try {
            fileId = newFileId;
            epoch = newEpoch;
        } finally {
            lock.unlock();
        }
    }

    /** Lets followers wait although there are transactions for them. */
    void holdLog(boolean isHeld) {
        lock.lock();
        try {
            isLogHeld = isHeld;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where each follower began, in order. */
    List<Long> followed() {
        return followed;
    }

    /** Changes the state; followers of an earlier opening end. */
    void enter(StoreState next) {
        lock.lock();
        try {
            state = next;
            opening++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Newest version of every entity after a transaction. */
    List<Entity> stateAfter(long sequence) {
        Snapshot snapshot = new MemorySnapshot(sequence);
        lock.lock();
        try {
            return versions.keySet().stream().flatMap(k -> snapshot.latest(k).stream()).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void open() {
        enter(new StoreState.Ready());
    }

    @Override
    public void close() {
        enter(new StoreState.Closed());
    }

    @Override
    public StoreState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public EngineStatus status() {
        lock.lock();
        try {
            long sequence = commits.size();
            return new EngineStatus(
                    state,
                    state.isReadable() ? header(sequence) : null,
                    HeaderCounters.ZERO,
                    new EngineStatus.SlotsValid(true, true),
                    sequence,
                    sequence,
                    0,
                    1,
                    new EngineStatus.WriterStatus(true, false, 0, 1, 0, 0),
                    0,
                    EngineStatus.Quarantined.NONE,
                    null);
        } finally {
            lock.unlock();
        }
    }

    private Header header(long sequence) {
        FileIdentity identity = new FileIdentity(fileId, 0, fileId, fileId);
        Digest last = sequence == 0 ? Digest.ZERO : commits.getLast().digest();
        return new Header(
                1, identity, false, epoch, 16_384, 4096, 8192, sequence, 0, 8192, 64, 0, 0, last);
    }

    @Override
    public Snapshot snapshot() {
        lock.lock();
        try {
            requireOpen();
            return new MemorySnapshot(commits.size());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long sequence, Duration patience) {
        return snapshot().sequence() >= sequence;
    }

    @Override
    public Snapshot snapshotAt(long sequence) {
        if (sequence > snapshot().sequence()) {
            throw new InvalidQueryException("asOf", "no transaction " + sequence);
        }
        return new MemorySnapshot(sequence);
    }

    @Override
    public Snapshot snapshotAt(Timestamp instant) {
        return snapshot();
    }

    @Override
    public Transaction begin(String principal) {
        throw new AssertionError("queries begin no transaction");
    }

    @Override
    public ContentUpload upload(EntityKey key) {
        throw new AssertionError("queries receive nothing");
    }

    @Override
    public ErasedEntity erase(EntityKey key, String principal) {
        throw new AssertionError("queries erase nothing");
    }

    @Override
    public void checkpoint() {
        throw new AssertionError("queries write no checkpoint");
    }

    @Override
    public DurableLog log() {
        throw new AssertionError("queries follow the log");
    }

    @Override
    public LogFollower follow(long afterSequence) {
        lock.lock();
        try {
            requireOpen();
            followed.add(afterSequence);
            return new MemoryFollower(afterSequence, opening);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (!state.isReadable()) {
            throw new StorageClosedException(state.label());
        }
    }

    private final class MemoryFollower implements LogFollower {

        private final long followedOpening;
        private long sequence;

        private MemoryFollower(long sequence, long followedOpening) {
            this.sequence = sequence;
            this.followedOpening = followedOpening;
        }

        @Override
        public @Nullable Commit next(Duration wait) throws InterruptedException {
            long deadline = System.nanoTime() + wait.toNanos();
            lock.lock();
            try {
                while (true) {
                    if (opening != followedOpening) {
                        throw new StorageClosedException(state.label());
                    }
                    if (!isLogHeld && sequence < commits.size()) {
                        return commits.get((int) sequence++);
                    }
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return null;
                    }
                    changed.await(left, TimeUnit.NANOSECONDS);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final class MemorySnapshot implements Snapshot {

        private final long sequence;

        private MemorySnapshot(long sequence) {
            this.sequence = sequence;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        private Optional<Entity> newest(EntityKey key, Predicate<Entity> isWanted) {
            lock.lock();
            try {
                requireOpen();
                return versions.getOrDefault(key, List.of()).reversed().stream()
                        .filter(e -> e.version().transaction() <= sequence)
                        .filter(isWanted)
                        .findFirst();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Optional<Entity> latest(EntityKey key) {
            return newest(key, _ -> true);
        }

        @Override
        public Optional<Entity> version(EntityKey key, long number) {
            return newest(key, e -> e.version().number() == number);
        }

        @Override
        public Optional<Entity> asOf(EntityKey key, Timestamp instant) {
            throw new AssertionError("queries ask for no instant");
        }

        @Override
        public List<Entity> history(EntityKey key, io.entitydb.entity.HistoryRange range) {
            if (range.ascending() || range.limit() > 1) {
                throw new AssertionError("queries ask for no history");
            }
            return newest(key, e -> e.version().number() <= range.from()).stream().toList();
        }
    }

    @Override
    public RetentionPlan plan(Retention retention, Progress progress) {
        throw new AssertionError("queries compact nothing");
    }

    @Override
    public CompactionReport compact(RetentionPlan plan, Progress progress) {
        throw new AssertionError("queries compact nothing");
    }

    @Override
    public LogPrefix prefix() {
        throw new AssertionError("queries back up nothing");
    }

    @Override
    public StoreCheck check(Progress progress) {
        throw new AssertionError("queries check nothing");
    }
}

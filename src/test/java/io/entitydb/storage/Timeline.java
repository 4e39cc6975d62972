package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityDraft;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.SimulatedDisk;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays a script on a store and lets an oracle learn what was acknowledged. */
final class Timeline implements AutoCloseable {

    private static final Duration NEVER_IDLE = Duration.ofHours(1);
    private static final Duration ALWAYS_IDLE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final SimulatedDisk disk;
    private final Disk flawed;
    private final Crew crew;
    private final Oracle oracle;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger submitted = new AtomicInteger();
    private final List<Script.Planned> inFlight = new ArrayList<>();
    private final StorageOptions options;
    private StorageEngine engine;
    private boolean isQuiet;

    /** What an upload has made of the content that is saved next. */
    private @Nullable Content received;

    private volatile boolean isCheckpointed;

    /**
     * A store on a disk.
     *
     * @param flawed the disk as the engine sees it
     * @param oracle what the store holds when it is opened
     * @param durable how much of that no power cut can take any more
     * @param crew of which the caller is a member
     */
    Timeline(SimulatedDisk disk, Disk flawed, Oracle oracle, int durable, Crew crew) {
        this(disk, flawed, oracle, crew, SmallStore.options(NEVER_IDLE));
        acknowledged.set(durable);
        submitted.set(oracle.size());
    }

    private Timeline(
            SimulatedDisk disk, Disk flawed, Oracle oracle, Crew crew, StorageOptions options) {
        this.disk = disk;
        this.flawed = flawed;
        this.oracle = oracle;
        this.crew = crew;
        this.options = options;
        engine = newEngine();
    }

    /** An empty store that is opened again in its process after a failed write or force. */
    static Timeline cured(SimulatedDisk disk, Oracle oracle, Crew crew) {
        StorageOptions options =
                SmallStore.options(ALWAYS_IDLE).toBuilder()
                        .reopenings(5)
                        .reopenDelay(Duration.ofSeconds(1))
                        .build();
        return new Timeline(disk, disk, oracle, crew, options);
    }

    /** Transactions acknowledged so far: counted when the writer answers. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Whether a checkpoint was written, so that no opening builds the index anew. */
    boolean isCheckpointed() {
        return isCheckpointed;
    }

    /** Transactions handed over so far. */
    int submitted() {
        return submitted.get();
    }

    /** Opens the store, which is durable then. */
    void open() {
        engine.open();
        acknowledged.set(oracle.size());
    }

    void play(List<Script.Step> steps) {
        steps.forEach(this::play);
    }

    private void play(Script.Step step) {
        switch (step) {
            case Script.Step.Checkpoint c -> {
                engine.checkpoint();
                isCheckpointed = true;
            }
            case Script.Step.SetClock(long byNanos) -> disk.clock().advance(byNanos);
            case Script.Step.Reopen(boolean quiet) -> {
                engine.close();
                isQuiet = quiet;
                engine = newEngine();
                engine.open();
            }
            case Script.Step.Transactions(List<Script.Planned> planned) -> commit(planned);
            case Script.Step.Upload upload -> upload(upload);
        }
    }

    private void upload(Script.Step.Upload step) {
        byte[] bytes = step.content().bytes();
        try (ContentUpload upload = engine.upload(step.key())) {
            SmallStore.write(upload, bytes, 0, bytes.length / 2);
            commit(List.of(step.meanwhile()));
            SmallStore.write(upload, bytes, bytes.length / 2, bytes.length);
            if (step.saving() != null) {
                received = upload.finish(step.content().mediaType());
                commit(List.of(step.saving()));
            }
        } finally {
            received = null;
        }
    }

    private void commit(List<Script.Planned> planned) {
        List<Transaction> transactions = planned.stream().map(this::begin).toList();
        submitted.addAndGet(planned.size());
        inFlight.clear();
        List<CompletableFuture<Long>> outcomes = commitTogether(transactions);
        requireCommitted(planned, outcomes);
        learn(engine, planned);
        inFlight.clear();
        if (isQuiet) {
            awaitPublication();
        }
    }

    /** The writer publishes when nothing else happens. */
    private void awaitPublication() {
        CompletableFuture<Boolean> never = new CompletableFuture<>();
        while (publishedSequence() != oracle.size()) {
            if (!(engine.state() instanceof StoreState.Ready)) {
                throw new StorageReadOnlyException(engine.state().label());
            }
            try {
                crew.get(never, ALWAYS_IDLE);
            } catch (TimeoutException e) {
                // Simulated time has passed.
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    private long publishedSequence() {
        var header = engine.status().header();
        return header == null ? -1 : header.walSequence();
    }

    private Transaction begin(Script.Planned planned) {
        Transaction transaction = engine.begin(planned.principal());
        for (Change change : planned.changes()) {
            switch (change) {
                case Change.Put put ->
                        transaction.save(
                                put.key(), EntityDraft.of(put.tags(), sent(put.content())));
                case Change.Delete delete -> transaction.delete(delete.key());
                case Change.Restore restore -> transaction.restore(restore.key());
            }
        }
        return transaction;
    }

    /** What an upload has made of a content, or the content. */
    private Content sent(Content content) {
        Content uploaded = received;
        return uploaded != null && uploaded.equals(content) ? uploaded : content;
    }

    /** All wait in the queue before the writer looks at it: whoever was started last goes first. */
    private List<CompletableFuture<Long>> commitTogether(List<Transaction> transactions) {
        List<CompletableFuture<Long>> outcomes = new ArrayList<>();
        for (Transaction transaction : transactions.reversed()) {
            CompletableFuture<Long> outcome = new CompletableFuture<>();
            outcomes.addFirst(outcome);
            crew.start(
                    "caller",
                    () -> {
                        try {
                            outcome.complete(transaction.commit());
                        } catch (RuntimeException | Error e) {
                            outcome.completeExceptionally(e);
                        }
                    });
        }
        return outcomes;
    }

    /**
     * Waits for all and throws the first failure. What was refused is not in flight any more, what
     * has an unknown outcome is.
     */
    private void requireCommitted(
            List<Script.Planned> planned, List<CompletableFuture<Long>> outcomes) {
        StorageException failure = null;
        for (int i = 0; i < outcomes.size(); i++) {
            StorageException problem = failureOf(outcomes.get(i));
            if (problem == null || problem instanceof OutcomeUnknownException) {
                inFlight.add(planned.get(i));
            }
            failure = failure == null ? problem : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable StorageException failureOf(CompletableFuture<Long> outcome) {
        try {
            crew.get(outcome, PATIENCE);
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                return failure;
            }
            throw new AssertionError("a commit failed", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Waits until the store takes writes again, opens it again if it does not by itself, and learns
     * which of the transactions in flight it holds.
     */
    void goOnAfterFault(DeterministicCrew member, Duration patience) {
        for (long waited = 0; waited < patience.toSeconds() && !isReady(); waited++) {
            member.pause(Duration.ofSeconds(1));
        }
        if (!isReady()) {
            engine.close();
            engine = newEngine();
            engine.open();
        }
        assertThat(engine.state()).isEqualTo(new StoreState.Ready());
        int held = Math.toIntExact(engine.snapshot().sequence());
        assertThat(held).as("transactions").isGreaterThanOrEqualTo(acknowledged.get());
        assertThat(held).isLessThanOrEqualTo(oracle.size() + inFlight.size());
        learn(engine, inFlight.subList(0, held - oracle.size()));
        inFlight.clear();
        acknowledged.set(oracle.size());
        submitted.set(oracle.size());
    }

    private boolean isReady() {
        return engine.state() instanceof StoreState.Ready;
    }

    /** The oracle works out the changes by itself; what the store says must agree. */
    private void learn(StorageEngine source, List<Script.Planned> planned) {
        LogFollower follower = source.follow(oracle.size());
        for (Script.Planned each : List.copyOf(planned)) {
            Commit told = next(follower);
            inFlight.remove(each);
            assertThat(told).isEqualTo(oracle.learn(each, told.at(), told.digest()));
        }
    }

    private static Commit next(LogFollower follower) {
        try {
            Commit next = follower.nextCommit(Duration.ZERO);
            if (next == null) {
                throw new AssertionError("an acknowledged transaction is missing from the log");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private StorageEngine newEngine() {
        return SmallStore.engine(
                flawed,
                isQuiet ? options.toBuilder().idlePublish(ALWAYS_IDLE).build() : options,
                new StorageObserver() {
                    @Override
                    public void commitAnswered(CommitResult result, long nanos) {
                        if (result == CommitResult.COMMITTED) {
                            acknowledged.incrementAndGet();
                        }
                    }
                },
                crew);
    }

    /** Closes the store. */
    void end() {
        engine.close();
    }

    @Override
    public void close() {
        end();
    }
}

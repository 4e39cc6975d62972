package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.storage.ModelStep.Attempt;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.Timestamp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Does the same to an engine and to a plain model and compares every answer. The model takes from
 * the engine only the time of each commit.
 */
final class ModelRun {

    private static final Duration NEVER_IDLE = Duration.ofHours(1);

    /** Of one transaction; two may be open at once. */
    private static final int MOST_UPLOADS = 2;

    private final Crew crew;
    private final AtomicLong commitTime = new AtomicLong();
    private final ModelEntityStore model = new ModelEntityStore(commitTime::get);
    private SimulatedDisk disk;
    private StorageEngine engine;

    private ModelRun(long seed, Crew crew) {
        this.crew = crew;
        disk = new SimulatedDisk(seed);
        engine = newEngine();
    }

    /**
     * Plays steps on a new store.
     *
     * @throws AssertionError where the two differ; names the step
     */
    static void play(long seed, List<ModelStep> steps) {
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    new ModelRun(seed, crew).play(steps);
                    return steps;
                });
    }

    private StorageEngine newEngine() {
        return SmallStore.engine(disk, NEVER_IDLE, StorageObserver.NONE, crew);
    }

    private void play(List<ModelStep> steps) {
        engine.open();
        model.open();
        try {
            for (int i = 0; i < steps.size(); i++) {
                play(i, steps.get(i));
            }
            play(steps.size(), new ModelStep.Reopen());
            play(steps.size(), new ModelStep.Follow());
        } finally {
            engine.close();
        }
    }

    private void play(int number, ModelStep step) {
        try {
            play(step);
        } catch (RuntimeException e) {
            throw new AssertionError("step " + number + ", " + step + ": " + e, e);
        } catch (AssertionError e) {
            throw new AssertionError("step " + number + ", " + step + ": " + e.getMessage(), e);
        }
    }

    private void play(ModelStep step) {
        switch (step) {
            case ModelStep.Transact transact -> transact(transact);
            case ModelStep.Overlap overlap -> overlap(overlap);
            case ModelStep.Erase erase -> erase(erase);
            case ModelStep.Read read -> read(read);
            case ModelStep.ReadPast read -> readPast(read);
            case ModelStep.Follow f -> follow();
            case ModelStep.Checkpoint c -> engine.checkpoint();
            case ModelStep.Reopen r -> {
                engine.close();
                reopen();
            }
            case ModelStep.Kill k -> goOnWith(disk.snapshotOfCache());
            case ModelStep.PowerCut p ->
                    goOnWith(disk.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow());
            case ModelStep.SetClock set -> disk.clock().advance(set.byNanos());
        }
    }

    private void goOnWith(SimulatedDisk left) {
        engine.close();
        disk = left;
        reopen();
    }

    private void reopen() {
        engine = newEngine();
        engine.open();
        requireEqual("state", engine.state(), new StoreState.Ready());
        requireEqual(
                "entities",
                engine.status().writer().entityCount(),
                model.status().writer().entityCount());
    }

    private void transact(ModelStep.Transact step) {
        commit(begin(engine, step), begin(model, step));
    }

    private void overlap(ModelStep.Overlap step) {
        Begun first = begin(engine, step.first());
        Begun second = begin(engine, step.second());
        Begun modelFirst = begin(model, step.first());
        Begun modelSecond = begin(model, step.second());
        commit(first, modelFirst);
        commit(second, modelSecond);
    }

    private void erase(ModelStep.Erase step) {
        // What is received for an entity is in conflict with its erasure, the model's is not.
        Begun meanwhile = beginPlain(engine, step.meanwhile());
        Begun modelMeanwhile = begin(model, step.meanwhile());
        requireEqual(
                "erasure",
                answer(() -> engine.erase(step.key(), "eraser")),
                answer(() -> model.erase(step.key(), "eraser")));
        commit(meanwhile, modelMeanwhile);
    }

    /** A transaction, what its calls answered, and the uploads that it saves. */
    private record Begun(
            Transaction transaction, List<Object> answers, List<ContentUpload> uploads) {}

    private static Begun begin(StorageEngine store, ModelStep.Transact step) {
        List<ContentUpload> uploads = new ArrayList<>();
        return begin(store, step, uploads, attempt -> draft(store, attempt, uploads));
    }

    private static Begun beginPlain(StorageEngine store, ModelStep.Transact step) {
        return begin(store, step, List.of(), save -> draft(save.content(), save.tags()));
    }

    private static Begun begin(
            StorageEngine store,
            ModelStep.Transact step,
            List<ContentUpload> uploads,
            Function<Attempt.Save, EntityDraft> drafts) {
        Transaction transaction = store.begin(step.principal());
        List<Object> answers = new ArrayList<>();
        for (Attempt attempt : step.attempts()) {
            answers.add(answer(() -> attempt(transaction, attempt, drafts)));
            answers.add(shape(transaction.latest(attempt.key()).stream().toList()));
        }
        return new Begun(transaction, answers, uploads);
    }

    /** Some contents are uploaded. */
    private static EntityDraft draft(
            StorageEngine store, Attempt.Save save, List<ContentUpload> uploads) {
        EntityDraft plain = draft(save.content(), save.tags());
        if (save.content() % 4 != 1 || uploads.size() == MOST_UPLOADS) {
            return plain;
        }
        ContentUpload upload = store.upload(save.key());
        uploads.add(upload);
        Content content = plain.content();
        return new EntityDraft(
                plain.tags(), SmallStore.upload(upload, content.mediaType(), content.bytes()));
    }

    private static Object attempt(
            Transaction transaction, Attempt attempt, Function<Attempt.Save, EntityDraft> drafts) {
        return switch (attempt) {
            case Attempt.Create(EntityKey key, int content, int tags) ->
                    transaction.create(key, draft(content, tags));
            case Attempt.Save save -> transaction.save(save.key(), drafts.apply(save));
            case Attempt.Delete(EntityKey key) -> transaction.delete(key);
            case Attempt.Restore(EntityKey key) -> transaction.restore(key);
            case Attempt.Expect(EntityKey key, long version) -> {
                transaction.expect(key, version);
                yield version;
            }
        };
    }

    private static EntityDraft draft(int content, int tags) {
        Set<Tag> set = new HashSet<>();
        for (int bit = 0; bit < 6; bit++) {
            if ((tags >> bit & 1) != 0) {
                set.add(new Tag("space" + bit, "v" + tags % 3));
            }
        }
        byte[] bytes =
                ("content " + content)
                        .repeat(1 + content * content / 40)
                        .getBytes(StandardCharsets.UTF_8);
        return EntityDraft.of(set, Content.of(content % 3 == 0 ? "text/plain" : "text/x", bytes));
    }

    /** The engine commits first; its commit time is what the model's clock shows. */
    private void commit(Begun ours, Begun theirs) {
        requireEqual("calls", ours.answers(), theirs.answers());
        Object outcome = answer(ours.transaction()::commit);
        if (outcome instanceof Long sequence) {
            commitTime.set(timeOf(sequence));
        }
        requireEqual("commit", outcome, answer(theirs.transaction()::commit));
        ours.uploads().forEach(ContentUpload::close);
        theirs.uploads().forEach(ContentUpload::close);
    }

    private long timeOf(long sequence) {
        if (sequence == 0) {
            return 0;
        }
        try {
            Commit commit = engine.follow(sequence - 1).nextCommit(Duration.ZERO);
            if (commit == null) {
                throw new AssertionError("transaction " + sequence + " is missing from the log");
            }
            return commit.at().epochNanos();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void read(ModelStep.Read step) {
        for (HistoryRange range :
                List.of(
                        HistoryRange.newest(3),
                        HistoryRange.oldest(HistoryRange.MAX_LIMIT),
                        new HistoryRange(step.number(), true, 2),
                        new HistoryRange(step.number(), false, 2))) {
            requireSame(
                    engine.snapshot().history(step.key(), range),
                    model.snapshot().history(step.key(), range));
        }
        requireSame(
                engine.snapshot().latest(step.key()).stream().toList(),
                model.snapshot().latest(step.key()).stream().toList());
        requireSame(
                engine.snapshot().version(step.key(), step.number()).stream().toList(),
                model.snapshot().version(step.key(), step.number()).stream().toList());
    }

    private void readPast(ModelStep.ReadPast step) {
        long newest = model.snapshot().sequence();
        long sequence = Math.round(step.point() * newest);
        requireSame(
                engine.snapshotAt(sequence).latest(step.key()).stream().toList(),
                model.snapshotAt(sequence).latest(step.key()).stream().toList());
        if (sequence > 0) {
            // Behind the newest commit lies the future, where the clock has stepped back.
            long behind = sequence < newest ? sequence % 2 : 0;
            Timestamp at = new Timestamp(timeOf(sequence) + behind);
            long then = model.commitsAfter(0).stream().filter(c -> !c.at().isAfter(at)).count();
            requireSame(
                    engine.snapshotAt(at).latest(step.key()).stream().toList(),
                    model.snapshotAt(then).latest(step.key()).stream().toList());
            requireSame(
                    engine.snapshot().asOf(step.key(), at).stream().toList(),
                    model.snapshot().asOf(step.key(), at).stream().toList());
        }
    }

    private void follow() {
        try {
            LogFollower log = engine.follow(0);
            for (Commit expected : model.commitsAfter(0)) {
                Commit actual = log.nextCommit(Duration.ZERO);
                if (actual == null) {
                    throw new AssertionError("log ends before " + expected);
                }
                requireEqual("sequence", actual.sequence(), expected.sequence());
                requireEqual("time", actual.at(), expected.at());
                requireSame(actual.changes(), expected.changes());
            }
            requireEqual("end of the log", String.valueOf(log.nextCommit(Duration.ZERO)), "null");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireSame(List<Entity> actual, List<Entity> expected) {
        requireEqual("entities", actual, expected);
        for (int i = 0; i < actual.size(); i++) {
            if (!java.util.Arrays.equals(
                    actual.get(i).content().bytes(), expected.get(i).content().bytes())) {
                throw new AssertionError("content of " + actual.get(i) + " differs");
            }
        }
    }

    /** What a transaction sees of its own writes, without times that the commit decides. */
    private static Object shape(List<Entity> entities) {
        return entities.stream()
                .map(
                        entity ->
                                entity.version().number()
                                        + " "
                                        + entity.version().kind()
                                        + " "
                                        + entity.tags().keySet()
                                        + " "
                                        + entity.content().digest())
                .toList();
    }

    /** What a call answers, or the kind of its refusal. */
    private static Object answer(java.util.function.Supplier<Object> call) {
        try {
            return call.get();
        } catch (EntityDbException e) {
            return e.getClass();
        }
    }

    private static void requireEqual(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + " is " + actual + ", expected is " + expected);
        }
    }
}

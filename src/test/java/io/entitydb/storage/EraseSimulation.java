package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes entities and erases them, crashes at every call to the disk, and checks what the crashes
 * leave; on some of it opens the store and crashes again, at every call of that.
 */
final class EraseSimulation {

    private static final Duration NEVER_IDLE = Duration.ofHours(1);
    private static final int NESTED_EVERY = 97;
    private static final int PIECE_BYTES = 4096;

    private final int statesPerCall;
    private long states;
    private long nested;

    EraseSimulation(int statesPerCall) {
        this.statesPerCall = statesPerCall;
    }

    /** Crash states that were checked. */
    long states() {
        return states;
    }

    /** Those of them that a crash while the store was opened left. */
    long nested() {
        return nested;
    }

    /** A moment before a call, with the disks that a crash may leave then. */
    private record Point(String name, EraseOracle.Moment moment, Stream<SimulatedDisk> disks) {}

    /** Runs the script of a seed and checks all that crashes leave. */
    void run(long seed) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        EraseOracle oracle = new EraseOracle();
        List<Point> points =
                points(
                        disk,
                        oracle,
                        "",
                        crew -> {
                            try (Life life = new Life(disk, oracle, crew, seed)) {
                                life.live();
                            }
                        });
        long turn = seed;
        for (Point point : points) {
            for (SimulatedDisk state : (Iterable<SimulatedDisk>) point.disks()::iterator) {
                if (Math.floorMod(turn++, NESTED_EVERY) == 0) {
                    openAndCrash(state.snapshotOfCache(), oracle, point);
                }
                check(state, oracle, point);
            }
        }
    }

    /**
     * As {@link #run}, but a force of an erasure fails, and what follows is a restart.
     *
     * @param force which one, from the beginning of the last erasure on
     */
    void runWithFailedForce(long seed, int force, Fault.Effect effect) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        EraseOracle oracle = new EraseOracle();
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (Life life = new Life(disk, oracle, crew, seed)) {
                        life.live();
                        life.save(life.keys.getFirst());
                        disk.control().inject(Fault.of(DiskCall.FORCE, effect).at(force));
                        life.erase(life.keys.getFirst());
                    } catch (StorageException e) {
                        // What is left is what counts.
                    }
                    return seed;
                });
        disk.control().clearFaults();
        Point end = new Point("force " + force, oracle.moment(), Stream.empty());
        openAndCrash(disk.snapshotOfCache(), oracle, end);
        CrashPlan plan = new CrashPlan(seed, statesPerCall);
        disk.crashStates(plan).forEach(state -> check(state, oracle, end));
        check(disk.snapshotOfCache(), oracle, end);
    }

    private void openAndCrash(SimulatedDisk left, EraseOracle oracle, Point before) {
        List<Point> points =
                points(
                        left,
                        oracle,
                        before.name() + ", then ",
                        crew -> EraseOracle.open(left, crew).close());
        for (Point point : points) {
            Point same = new Point(point.name(), before.moment(), Stream.empty());
            point.disks()
                    .forEach(
                            state -> {
                                nested++;
                                check(state, oracle, same);
                            });
        }
    }

    private void check(SimulatedDisk state, EraseOracle oracle, Point point) {
        states++;
        try {
            oracle.check(state, point.moment());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(point.name() + ", " + state.name() + ": " + e, e);
        }
    }

    private List<Point> points(
            SimulatedDisk disk, EraseOracle oracle, String prefix, Consumer<Crew> work) {
        List<Point> points = Collections.synchronizedList(new ArrayList<>());
        CrashPlan plan = new CrashPlan(disk.seed(), statesPerCall);
        disk.control()
                .beforeEachCall(
                        (call, number) -> {
                            CrashPlan here = new CrashPlan(plan.seed() + number, plan.limit());
                            points.add(
                                    new Point(
                                            prefix + "before call " + number + ", " + call,
                                            oracle.moment(),
                                            Stream.concat(
                                                    disk.crashStates(here),
                                                    Stream.of(disk.snapshotOfCache()))));
                        });
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    work.accept(crew);
                    return prefix;
                });
        disk.control().beforeEachCall((call, number) -> {});
        return List.copyOf(points);
    }

    /** A store while it is written and erased. */
    private static final class Life implements AutoCloseable {

        private final List<EntityKey> keys =
                List.of(
                        new EntityKey("default", "a"),
                        new EntityKey("other", "ключ-\uD83D\uDD11"),
                        new EntityKey("default", "b/c:d"));
        private final SimulatedDisk disk;
        private final EraseOracle oracle;
        private final Crew crew;
        private final SplittableRandom random;
        private StorageEngine engine;

        private Life(SimulatedDisk disk, EraseOracle oracle, Crew crew, long seed) {
            this.disk = disk;
            this.oracle = oracle;
            this.crew = crew;
            random = new SplittableRandom(seed);
            engine = engine();
        }

        private StorageEngine engine() {
            StorageOptions options =
                    SmallStore.options(NEVER_IDLE).toBuilder()
                            .uploads(new UploadOptions(1, PIECE_BYTES))
                            .build();
            return SmallStore.engine(disk, options, StorageObserver.NONE, crew);
        }

        private void live() {
            engine.open();
            keys.forEach(this::save);
            for (int i = 0; i < 7; i++) {
                step();
            }
            erase(key());
            step();
            erase(key());
            step();
        }

        private EntityKey key() {
            return keys.get(random.nextInt(keys.size()));
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0 -> engine.checkpoint();
                case 1 -> {
                    engine.close();
                    engine = engine();
                    engine.open();
                }
                case 2 -> deleteOrRestore(key());
                case 3 -> erase(key());
                case 4 -> abandon(key());
                default -> save(key());
            }
        }

        private void save(EntityKey key) {
            Set<Tag> tags = new HashSet<>();
            tags.add(new Tag("color", "c" + random.nextInt(4)));
            Content content = content(key);
            if (random.nextInt(3) > 0) {
                commit(transaction -> transaction.save(key, EntityDraft.of(tags, content)));
                return;
            }
            try (ContentUpload upload = engine.upload(key)) {
                Content received = SmallStore.upload(upload, content.mediaType(), content.bytes());
                commit(transaction -> transaction.save(key, EntityDraft.of(tags, received)));
            }
        }

        /** Leaves pieces behind that no version refers to. */
        private void abandon(EntityKey key) {
            byte[] bytes = new byte[PIECE_BYTES + 500];
            random.nextBytes(bytes);
            oracle.abandon(key, bytes);
            try (ContentUpload upload = engine.upload(key)) {
                SmallStore.write(upload, bytes, 0, bytes.length);
            }
        }

        /**
         * Some that several batches are needed for, some that a version has in common with another.
         */
        private Content content(EntityKey key) {
            List<Entity> before = oracle.versions(key);
            boolean isLiving = before.size() > oracle.erased(key);
            if (isLiving && random.nextInt(4) == 0) {
                return before.getLast().content();
            }
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 30_000 : 16 + random.nextInt(600)];
            random.nextBytes(bytes);
            return Content.of("application/x-raw", bytes);
        }

        private void deleteOrRestore(EntityKey key) {
            Entity newest = engine.snapshot().latest(key).orElseThrow();
            if (newest.isErased()) {
                save(key);
            } else if (newest.isDeleted()) {
                commit(transaction -> transaction.restore(key));
            } else {
                commit(transaction -> transaction.delete(key));
            }
        }

        private void commit(Consumer<Transaction> work) {
            Transaction transaction = engine.begin("writer");
            work.accept(transaction);
            oracle.submit();
            transaction.commit();
            oracle.learn(engine);
        }

        private void erase(EntityKey key) {
            oracle.ask(key);
            engine.erase(key, "eraser");
            oracle.acknowledge(key);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}

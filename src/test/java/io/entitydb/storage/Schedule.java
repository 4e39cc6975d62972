package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.Timestamp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Members that commit, read, follow, write checkpoints and set the clock, beside the engine's own
 * threads, in an order that a seed draws. What each of them saw is noted and judged at the end, by
 * the log alone.
 *
 * <p>Every commit adds one to a counter that it has read, so that a lost update shows in the sum.
 */
final class Schedule {

    private static final int COUNTERS = 3;
    private static final int WRITERS = 3;
    private static final int READERS = 2;
    private static final Duration PATIENCE = Duration.ofHours(5);

    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final DeterministicCrew crew;
    private final StorageEngine engine;
    private final List<CompletableFuture<Boolean>> members = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final List<Long> followed = new ArrayList<>();
    private final List<Crash> crashes = new ArrayList<>();
    private int submitted;

    /**
     * What a member saw.
     *
     * @param least transactions that were acknowledged when it began to look
     * @param sequence of the snapshot; -1 if it looked as of an instant
     * @param at the instant
     * @param version of the counter; 0 if there was none
     */
    private record Seen(EntityKey key, long least, long sequence, long at, long version) {}

    /** A disk that a power cut leaves. */
    private record Crash(SimulatedDisk left, int acknowledged, int submitted) {}

    private Schedule(long seed, DeterministicCrew crew) {
        this.crew = crew;
        random = new SplittableRandom(seed);
        disk = new SimulatedDisk(seed);
        Duration idle = Duration.ofMillis(random.nextInt(3) == 0 ? 1 : 3_600_000);
        StorageOptions options =
                SmallStore.options(idle).toBuilder()
                        .checkpointBytes(random.nextBoolean() ? 4096 : 1L << 40)
                        .queueCapacity(1 + random.nextInt(4))
                        .build();
        engine =
                SmallStore.engine(YieldingDisk.of(disk, crew), options, StorageObserver.NONE, crew);
    }

    /**
     * Plays the schedule of a seed.
     *
     * @return how often members changed places
     * @throws AssertionError if anything that was seen contradicts the log
     */
    static long play(long seed) {
        return DeterministicCrew.run(
                DeterministicCrew.random(seed),
                crew -> {
                    Schedule schedule = new Schedule(seed, crew);
                    schedule.play();
                    return crew.switches();
                });
    }

    private void play() throws Exception {
        engine.open();
        int rounds = 2 + random.nextInt(3);
        for (int i = 0; i < WRITERS; i++) {
            start("committer-" + i, rounds, this::commit);
        }
        for (int i = 0; i < READERS; i++) {
            start("reader-" + i, rounds * 2, this::read);
        }
        start("follower", 1, this::follow);
        start("checkpoints", 1 + random.nextInt(2), r -> engine.checkpoint());
        start("clock", 2, r -> disk.clock().advance((r.nextInt(3) - 1) * 1_000_000L));
        start("power", 1, r -> cutPower());
        boolean isClosedEarly = random.nextInt(4) == 0;
        if (isClosedEarly) {
            engine.close();
        }
        for (CompletableFuture<Boolean> member : members) {
            crew.get(member, PATIENCE);
        }
        engine.close();
        judge(disk.snapshotOfCache(), acknowledged.size(), submitted);
        for (Crash crash : crashes) {
            judge(crash.left(), crash.acknowledged(), crash.submitted());
        }
    }

    private interface Turn {
        void take(SplittableRandom random) throws InterruptedException;
    }

    /** A member that takes so many turns, or until the store is closed. */
    private void start(String name, int turns, Turn turn) {
        SplittableRandom own = random.split();
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        members.add(end);
        crew.start(
                name,
                () -> {
                    try {
                        for (int i = 0; i < turns; i++) {
                            crew.pass();
                            turn.take(own);
                        }
                        end.complete(true);
                    } catch (StorageClosedException e) {
                        end.complete(false);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                });
    }

    private static EntityKey counter(int number) {
        return new EntityKey("default", "counter-" + number);
    }

    private void commit(SplittableRandom own) {
        try {
            Transaction transaction = engine.begin("member");
            int count = 1 + own.nextInt(2);
            int first = own.nextInt(COUNTERS);
            for (int i = 0; i < count; i++) {
                EntityKey key = counter((first + i) % COUNTERS);
                long before = value(transaction.latest(key));
                crew.pass();
                transaction.save(key, draft(before + 1));
            }
            submitted++;
            acknowledged.add(transaction.commit());
        } catch (VersionConflictException | io.entitydb.storage.error.StorageBusyException e) {
            submitted--;
        }
    }

    private static EntityDraft draft(long value) {
        byte[] text = Long.toString(value).getBytes(StandardCharsets.UTF_8);
        return EntityDraft.of(Set.of(), Content.of("text/plain", text));
    }

    private static long value(Optional<Entity> counter) {
        return counter.map(
                        entity ->
                                Long.parseLong(
                                        new String(
                                                entity.content().bytes(), StandardCharsets.UTF_8)))
                .orElse(0L);
    }

    private void read(SplittableRandom own) {
        EntityKey key = counter(own.nextInt(COUNTERS));
        long least = acknowledged.stream().mapToLong(Long::longValue).max().orElse(0);
        if (own.nextBoolean()) {
            Snapshot snapshot = engine.snapshot();
            long version = version(snapshot.latest(key));
            seen.add(new Seen(key, least, snapshot.sequence(), 0, version));
        } else {
            Timestamp at = new Timestamp(disk.clock().peek() - own.nextInt(5));
            try {
                seen.add(
                        new Seen(
                                key,
                                0,
                                -1,
                                at.epochNanos(),
                                version(engine.snapshotAt(at).latest(key))));
            } catch (io.entitydb.entity.InvalidQueryException e) {
                // The clock was set back behind what was asked for.
            }
        }
    }

    private static long version(Optional<Entity> counter) {
        return counter.map(entity -> entity.version().number()).orElse(0L);
    }

    private void follow(SplittableRandom own) throws InterruptedException {
        LogFollower log = engine.follow(0);
        for (int i = 0; i < 3; i++) {
            Commit next = log.nextCommit(Duration.ofSeconds(1));
            if (next != null) {
                followed.add(next.sequence());
            }
        }
    }

    private void cutPower() {
        int before = acknowledged.size();
        disk.crashStates(new CrashPlan(random.nextLong(), 2))
                .forEach(left -> crashes.add(new Crash(left, before, Integer.MAX_VALUE)));
    }

    /** Compares all that was seen with the log of a disk. */
    private void judge(SimulatedDisk left, int acknowledgedThen, int most) throws Exception {
        try (StorageEngine reopened =
                SmallStore.engine(left, Duration.ofHours(1), StorageObserver.NONE, crew)) {
            reopened.open();
            assertThat(reopened.state()).isEqualTo(new StoreState.Ready());
            List<Commit> commits = commits(reopened);
            assertThat(commits.size()).isBetween(acknowledgedThen, most);
            requireNoLostUpdate(commits);
            if (most == submitted) {
                assertThat(acknowledged).doesNotHaveDuplicates();
                assertThat((long) commits.size()).isEqualTo(acknowledged.size());
                seen.forEach(look -> requireTrue(look, commits));
                for (int i = 0; i < followed.size(); i++) {
                    assertThat(followed.get(i)).isEqualTo(i + 1L);
                }
            }
        }
    }

    private static List<Commit> commits(StorageEngine reopened) throws InterruptedException {
        List<Commit> commits = new ArrayList<>();
        LogFollower log = reopened.follow(0);
        for (Commit next = log.nextCommit(Duration.ZERO);
                next != null;
                next = log.nextCommit(Duration.ZERO)) {
            commits.add(next);
        }
        return commits;
    }

    /** Each counter counts its own versions. */
    private static void requireNoLostUpdate(List<Commit> commits) {
        Map<EntityKey, Long> values = new HashMap<>();
        for (Commit commit : commits) {
            for (Entity change : commit.changes()) {
                long value = values.merge(change.key(), 1L, Long::sum);
                assertThat(value(Optional.of(change))).as("%s", change).isEqualTo(value);
                assertThat(change.version().number()).isEqualTo(value);
            }
        }
    }

    /** What was seen is the state of one moment, and not of one before it was asked for. */
    private static void requireTrue(Seen look, List<Commit> commits) {
        long version = 0;
        for (Commit commit : commits) {
            boolean isBefore =
                    look.sequence() < 0
                            ? commit.at().epochNanos() <= look.at()
                            : commit.sequence() <= look.sequence();
            for (Entity change : commit.changes()) {
                if (isBefore && change.key().equals(look.key())) {
                    version = change.version().number();
                }
            }
        }
        assertThat(look.version()).as("%s", look).isEqualTo(version);
        if (look.sequence() >= 0) {
            assertThat(look.sequence()).as("%s", look).isGreaterThanOrEqualTo(look.least());
        }
    }
}

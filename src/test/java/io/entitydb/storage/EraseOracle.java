package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.io.SimulatedDisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store holds in which entities are erased, and what it may show after a crash. */
final class EraseOracle {

    private static final EntityKey PROBE = new EntityKey("default", "probe");
    private static final Duration IDLE = Duration.ofHours(1);

    /** Every version as it was before anything was erased. */
    private final Map<EntityKey, List<Entity>> versions = new LinkedHashMap<>();

    private final List<Digest> digests = new ArrayList<>();

    /** Up to which version entities are being erased, and are erased. */
    private final Map<EntityKey, Long> asked = new HashMap<>();

    private final Map<EntityKey, Long> erased = new HashMap<>();

    /** What was received for an entity and never saved. */
    private final Map<EntityKey, List<byte[]>> abandoned = new HashMap<>();

    private final List<byte[]> destroyed = new ArrayList<>();
    private int acknowledged;
    private int submitted;

    /**
     * What holds at a moment.
     *
     * @param acknowledged transactions that must be there
     * @param submitted transactions that may be there
     * @param asked up to which version entities may be erased
     * @param erased up to which version they must be
     * @param destroyed what no file may hold besides
     */
    record Moment(
            int acknowledged,
            int submitted,
            Map<EntityKey, Long> asked,
            Map<EntityKey, Long> erased,
            List<byte[]> destroyed) {}

    Moment moment() {
        return new Moment(
                acknowledged,
                submitted,
                Map.copyOf(asked),
                Map.copyOf(erased),
                List.copyOf(destroyed));
    }

    List<Entity> versions(EntityKey key) {
        return versions.getOrDefault(key, List.of());
    }

    /** How many versions of an entity are erased. */
    long erased(EntityKey key) {
        return erased.getOrDefault(key, 0L);
    }

    void submit() {
        submitted++;
    }

    /** Learns of the transaction that was committed. */
    void learn(StorageEngine engine) {
        acknowledged = submitted;
        try {
            Commit commit = engine.follow(acknowledged - 1).nextCommit(Duration.ZERO);
            assertThat(commit).isNotNull();
            digests.add(commit.digest());
            for (Entity entity : commit.changes()) {
                versions.computeIfAbsent(entity.key(), key -> new ArrayList<>()).add(copy(entity));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Entity copy(Entity entity) {
        Content content = entity.content();
        return new Entity(
                entity.key(),
                entity.version(),
                entity.createdAt(),
                entity.createdBy(),
                entity.tags(),
                content.length() == 0 ? content : Content.of(content.mediaType(), content.bytes()));
    }

    void ask(EntityKey key) {
        asked.put(key, (long) versions(key).size());
    }

    void abandon(EntityKey key, byte[] bytes) {
        abandoned.computeIfAbsent(key, k -> new ArrayList<>()).add(bytes);
    }

    void acknowledge(EntityKey key) {
        destroyed.addAll(abandoned.getOrDefault(key, List.of()));
        erased.put(key, asked.getOrDefault(key, 0L));
    }

    /** Opens what a crash left, compares it, writes to it, and looks for what must be gone. */
    void check(SimulatedDisk disk, Moment moment) {
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    check(disk, moment, crew);
                    return moment;
                });
    }

    private void check(SimulatedDisk disk, Moment moment, Crew crew) {
        int held;
        Map<EntityKey, Long> gone;
        try (StorageEngine engine = open(disk, crew)) {
            held = Math.toIntExact(engine.snapshot().sequence());
            assertThat(held)
                    .as("transactions")
                    .isBetween(moment.acknowledged(), moment.submitted());
            gone = compare(engine, held, moment);
            requireNowhere(disk, gone);
            moment.destroyed().forEach(bytes -> requireNowhere(disk, bytes));
            commitProbe(engine);
            for (EntityKey key : moment.asked().keySet()) {
                engine.erase(key, "checker");
                gone.put(key, (long) heldVersions(key, held).size());
                abandoned
                        .getOrDefault(key, List.of())
                        .forEach(bytes -> requireNowhere(disk, bytes));
            }
            requireSame(engine, held, gone);
            requireNowhere(disk, gone);
        }
        assertThat(disk.openFiles()).as("open files").isZero();
        try (StorageEngine engine = open(disk, crew)) {
            requireSame(engine, held, gone);
        }
    }

    static StorageEngine open(SimulatedDisk disk, Crew crew) {
        StorageEngine engine = SmallStore.engine(disk, IDLE, StorageObserver.NONE, crew);
        engine.open();
        return engine;
    }

    private List<Entity> heldVersions(EntityKey key, int held) {
        return versions(key).stream().filter(v -> v.version().transaction() <= held).toList();
    }

    /** Up to which version each entity is erased. */
    private Map<EntityKey, Long> compare(StorageEngine engine, int held, Moment moment) {
        Map<EntityKey, Long> gone = new HashMap<>();
        for (EntityKey key : versions.keySet()) {
            List<Entity> found = history(engine, key);
            long mayBe = moment.asked().getOrDefault(key, 0L);
            long mustBe = moment.erased().getOrDefault(key, 0L);
            long is =
                    found.stream()
                            .filter(Entity::isErased)
                            .mapToLong(entity -> entity.version().number())
                            .max()
                            .orElse(0);
            assertThat(is).as("erased versions of %s", key).isIn(mustBe, mayBe);
            gone.put(key, is);
        }
        requireSame(engine, held, gone);
        return gone;
    }

    private void requireSame(StorageEngine engine, int held, Map<EntityKey, Long> gone) {
        assertThat(engine.state()).isEqualTo(new StoreState.Ready());
        long living = engine.snapshot().latest(PROBE).isPresent() ? 1 : 0;
        for (EntityKey key : versions.keySet()) {
            List<Entity> expected = heldVersions(key, held);
            List<Entity> found = history(engine, key);
            assertThat(found).as("versions of %s", key).hasSameSizeAs(expected);
            for (int i = 0; i < found.size(); i++) {
                boolean isGone = i < gone.getOrDefault(key, 0L);
                requireVersion(found.get(i), expected.get(i), isGone);
                Entity then =
                        engine.snapshotAt(expected.get(i).version().transaction())
                                .latest(key)
                                .orElseThrow();
                requireVersion(then, expected.get(i), isGone);
            }
            living += found.isEmpty() || found.getLast().isDeleted() ? 0 : 1;
        }
        assertThat(engine.status().writer().entityCount()).as("living").isEqualTo(living);
        requireDigests(engine, held);
    }

    private static List<Entity> history(StorageEngine engine, EntityKey key) {
        return engine.snapshot().history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT));
    }

    private static void requireVersion(Entity found, Entity expected, boolean isGone) {
        if (!isGone) {
            assertThat(found).isEqualTo(expected);
            assertThat(Arrays.equals(found.content().bytes(), expected.content().bytes()))
                    .as("bytes of %s", expected)
                    .isTrue();
            return;
        }
        assertThat(found.isErased()).as("%s is erased", expected).isTrue();
        assertThat(found.tags()).isEmpty();
        assertThat(found.content()).isEqualTo(Content.EMPTY);
        assertThat(found.key()).isEqualTo(expected.key());
        assertThat(found.version().number()).isEqualTo(expected.version().number());
        assertThat(found.version().transaction()).isEqualTo(expected.version().transaction());
        assertThat(found.version().at()).isEqualTo(expected.version().at());
        assertThat(found.version().principal()).isEqualTo(expected.version().principal());
        assertThat(found.createdAt()).isEqualTo(expected.createdAt());
    }

    /** The chain of digests is checked by the engine where it opens; here it is the same one. */
    private void requireDigests(StorageEngine engine, int held) {
        LogFollower log = engine.follow(0);
        try {
            for (int i = 0; i < held; i++) {
                Commit commit = log.nextCommit(Duration.ZERO);
                assertThat(commit).isNotNull();
                assertThat(commit.digest()).isEqualTo(digests.get(i));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void commitProbe(StorageEngine engine) {
        Transaction transaction = engine.begin("probe");
        transaction.save(PROBE, TextStore.draft("probe"));
        transaction.commit();
    }

    /** Contents of erased versions stand in no file, unless a version that is left has the same. */
    private void requireNowhere(SimulatedDisk disk, Map<EntityKey, Long> gone) {
        for (String file : disk.list()) {
            byte[] bytes = disk.contents(file);
            gone.forEach(
                    (key, upTo) -> {
                        for (Entity entity : versions(key)) {
                            boolean isGone = entity.version().number() <= upTo;
                            byte[] content = entity.content().bytes();
                            if (isGone && content.length >= 16 && contains(bytes, content)) {
                                throw new AssertionError(
                                        "content of " + entity.version() + " stands in " + file);
                            }
                        }
                    });
        }
    }

    /** What was received and not saved stands in no file. */
    private static void requireNowhere(SimulatedDisk disk, byte[] abandoned) {
        for (String file : disk.list()) {
            if (contains(disk.contents(file), abandoned)) {
                throw new AssertionError("an upload that was given up stands in " + file);
            }
        }
    }

    /** Looks for the first 16 bytes, at every place. */
    private static boolean contains(byte[] all, byte[] wanted) {
        for (int at = 0; at + 16 <= all.length; at++) {
            if (all[at] == wanted[0]
                    && all[at + 1] == wanted[1]
                    && Arrays.equals(all, at, at + 16, wanted, 0, 16)) {
                return true;
            }
        }
        return false;
    }
}

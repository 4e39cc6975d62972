package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.DamagedStore.Damage;
import io.entitydb.storage.DamagedStore.Place;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Damage below the checkpoint: what depends on it is refused, all else is served. */
class DamagedVersionTests {

    private static final int LAST = DamagedStore.VERSIONS;

    static Stream<Arguments> everyVersionAndDamage() {
        return IntStream.rangeClosed(1, LAST)
                .boxed()
                .flatMap(
                        number ->
                                Stream.of(Damage.values())
                                        .map(damage -> Arguments.of(number, damage)));
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndDamage")
    void versionsAreServedByNumberButTheDamagedOne(int damaged, Damage damage) {
        DamagedStore store = DamagedStore.closed().damage(damaged, damage);

        try (TextStore texts = store.open()) {
            assertThat(texts.state()).isEqualTo(new StoreState.Ready());
            Snapshot now = texts.engine().snapshot();
            for (int number = 1; number <= LAST; number++) {
                int wanted = number;
                Supplier<Optional<Entity>> read = () -> now.version(TextStore.key("a"), wanted);
                if (number == damaged) {
                    requireRefused(read, store.place(damaged));
                } else {
                    requireText(read, number);
                }
            }
            if (damaged == LAST) {
                requireRefused(() -> now.version(TextStore.key("a"), LAST + 1), store.place(LAST));
                requireRefused(() -> now.latest(TextStore.key("a")), store.place(LAST));
            } else {
                assertThat(now.version(TextStore.key("a"), LAST + 1)).isEmpty();
                requireText(() -> now.latest(TextStore.key("a")), LAST);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndDamage")
    void pastIsServedUpToTheDamagedVersionAndFromTheNextOneOn(int damaged, Damage damage) {
        DamagedStore store = DamagedStore.closed().damage(damaged, damage);
        Place place = store.place(damaged);

        try (TextStore texts = store.open()) {
            for (long sequence = 1; sequence <= 2L * LAST; sequence++) {
                long at = sequence;
                Supplier<Optional<Entity>> read =
                        () -> texts.engine().snapshotAt(at).latest(TextStore.key("a"));
                int answer = (int) (sequence + 1) / 2;
                // The transaction before may hold another version, if nothing tells that it
                // does not.
                boolean isBefore = sequence == place.sequence() - 1 && !damage.leavesTime();
                if (answer == damaged || isBefore) {
                    requireRefused(read, place);
                } else {
                    requireText(read, answer);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndDamage")
    void instantsAreServedUpToTheDamagedVersionAndFromTheNextOneOn(int damaged, Damage damage) {
        DamagedStore store = DamagedStore.closed().damage(damaged, damage);

        try (TextStore texts = store.open()) {
            for (int number = 1; number <= LAST; number++) {
                Supplier<Optional<Entity>> at = asOf(texts, store.place(number).commitTime());
                if (number == damaged) {
                    requireRefused(at, store.place(damaged));
                } else {
                    requireText(at, number);
                }
            }
            long before = store.place(damaged).commitTime() - 1;
            if (!damage.leavesTime()) {
                requireRefused(asOf(texts, before), store.place(damaged));
            } else if (damaged == 1) {
                assertThat(asOf(texts, before).get()).isEmpty();
            } else {
                requireText(asOf(texts, before), damaged - 1);
            }
        }
    }

    private static Supplier<Optional<Entity>> asOf(TextStore texts, long nanos) {
        return () -> texts.engine().snapshot().asOf(TextStore.key("a"), new Timestamp(nanos));
    }

    @ParameterizedTest
    @EnumSource
    void changesToAnEntityWhoseNewestVersionIsDamagedAreRefused(Damage damage) {
        DamagedStore store = DamagedStore.closed().damage(LAST, damage);

        try (TextStore texts = store.open()) {
            assertThatThrownBy(() -> texts.save("a", "over what nobody can read"))
                    .isInstanceOf(DamagedEntityException.class)
                    .hasMessageContaining(StoreFiles.DATA)
                    .hasCauseInstanceOf(CorruptDataException.class);
            Transaction transaction = texts.engine().begin("tester");
            assertThatThrownBy(() -> transaction.create(TextStore.key("a"), draft()))
                    .isInstanceOf(DamagedEntityException.class);
            assertThatThrownBy(() -> transaction.delete(TextStore.key("a")))
                    .isInstanceOf(DamagedEntityException.class);
            assertThatThrownBy(() -> transaction.restore(TextStore.key("a")))
                    .isInstanceOf(DamagedEntityException.class);
            assertThatThrownBy(() -> transaction.expect(TextStore.key("a"), LAST))
                    .isInstanceOf(DamagedEntityException.class);

            assertThat(texts.save("c", "writes go on")).isEqualTo(2L * LAST + 1);
            assertThat(texts.text("b1")).isEqualTo("between 1");
        }
    }

    private static EntityDraft draft() {
        return TextStore.draft("text");
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndDamage")
    void writesGoOnBehindADamagedEarlierVersion(int damaged, Damage damage) {
        DamagedStore store = DamagedStore.closed().damage(damaged, damage);
        if (damaged == LAST) {
            return;
        }

        try (TextStore texts = store.open()) {
            for (int number = LAST + 1; number <= LAST + 8; number++) {
                texts.save("a", DamagedStore.text(number));
            }
        }

        try (TextStore texts = store.open()) {
            for (int number = 1; number <= LAST + 8; number++) {
                int wanted = number;
                Supplier<Optional<Entity>> read =
                        () -> texts.engine().snapshot().version(TextStore.key("a"), wanted);
                if (number == damaged) {
                    requireRefused(read, store.place(damaged));
                } else {
                    requireText(read, number);
                }
            }
        }
    }

    @Test
    void historyIsRefusedWhereItPassesTheDamagedVersionAndServedElsewhere() {
        DamagedStore store = DamagedStore.closed().damage(5, Damage.CONTENT);

        try (TextStore texts = store.open()) {
            Snapshot now = texts.engine().snapshot();
            assertThat(now.history(TextStore.key("a"), new HistoryRange(1, true, 4)))
                    .extracting(entity -> entity.version().number())
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(now.history(TextStore.key("a"), new HistoryRange(4, false, 10)))
                    .extracting(entity -> entity.version().number())
                    .containsExactly(4L, 3L, 2L, 1L);
            assertThat(now.history(TextStore.key("a"), new HistoryRange(LAST, false, 4)))
                    .hasSize(4);
            assertThatThrownBy(() -> now.history(TextStore.key("a"), HistoryRange.oldest(LAST)))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void severalDamagedVersionsAreWalkedAround() {
        DamagedStore store =
                DamagedStore.closed()
                        .damage(9, Damage.FRAME)
                        .damage(8, Damage.RECORD)
                        .damage(5, Damage.PREVIOUS)
                        .damage(4, Damage.CONTENT)
                        .damage(2, Damage.LENGTH);

        try (TextStore texts = store.open()) {
            Snapshot now = texts.engine().snapshot();
            for (int number : new int[] {1, 3, 6, 7}) {
                int wanted = number;
                requireText(() -> now.version(TextStore.key("a"), wanted), number);
            }
            for (int number : new int[] {2, 4, 5, 8, 9}) {
                int wanted = number;
                assertThatThrownBy(() -> now.version(TextStore.key("a"), wanted))
                        .isInstanceOf(CorruptDataException.class);
            }
        }
    }

    @Test
    void whatWasFoundIsListedOnceWithAllThatIsKnown() {
        DamagedStore store = DamagedStore.closed().damage(5, Damage.CONTENT);

        try (TextStore texts = store.open()) {
            assertThat(texts.engine().status().quarantined().places()).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> texts.engine().snapshot().version(TextStore.key("a"), 5))
                        .isInstanceOf(CorruptDataException.class);
            }

            assertThat(texts.engine().status().quarantined().places())
                    .singleElement()
                    .satisfies(
                            place -> {
                                assertThat(place.file()).isEqualTo(StoreFiles.DATA);
                                assertThat(place.position()).isEqualTo(store.place(5).position());
                                assertThat(place.part()).isEqualTo(DamagedPlace.Part.VERSION);
                                assertThat(place.key()).isEqualTo(TextStore.key("a"));
                                assertThat(place.version()).isEqualTo(5);
                                assertThat(place.sequence()).isEqualTo(store.place(5).sequence());
                                assertThat(place.finder()).isEqualTo(DamagedPlace.Finder.READ);
                                assertThat(place.foundAt()).isPositive();
                                assertThat(place.reason()).contains("checksum");
                            });
            assertThat(texts.engine().status().damagedVersions()).isEqualTo(3);
        }
    }

    @Test
    void damagedChunkConcernsOnlyTheContentsThatNeedIt() {
        SimulatedDisk disk = new SimulatedDisk(5);
        byte[] large = "0123456789abcdef".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        byte[] other = "fedcba9876543210".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (TextStore texts = TextStore.open(disk, DamagedStore.OPTIONS)) {
            texts.save("a", other);
            texts.save("a", large);
            texts.save("a", other);
        }
        flipFirst(disk, "0123456789abcdef");

        try (TextStore texts = TextStore.open(disk, DamagedStore.OPTIONS)) {
            Snapshot now = texts.engine().snapshot();
            Entity damaged = now.version(TextStore.key("a"), 2).orElseThrow();
            assertThatThrownBy(() -> damaged.content().bytes())
                    .isInstanceOf(CorruptDataException.class);
            assertThat(texts.engine().status().quarantined().places())
                    .singleElement()
                    .satisfies(
                            place -> {
                                assertThat(place.part()).isEqualTo(DamagedPlace.Part.CHUNK);
                                assertThat(place.key()).isEqualTo(TextStore.key("a"));
                            });
            assertThat(now.version(TextStore.key("a"), 1).orElseThrow().content().bytes())
                    .isEqualTo(other);
            assertThat(now.latest(TextStore.key("a")).orElseThrow().content().bytes())
                    .isEqualTo(other);
        }
    }

    @Test
    void contentThatIsKnownToBeDamagedIsWrittenAgainWithTheNextVersion() {
        SimulatedDisk disk = new SimulatedDisk(5);
        byte[] large = "0123456789abcdef".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (TextStore texts = TextStore.open(disk, DamagedStore.OPTIONS)) {
            texts.save("a", large);
        }
        flipFirst(disk, "0123456789abcdef");

        try (TextStore texts = TextStore.open(disk, DamagedStore.OPTIONS)) {
            Entity damaged = texts.engine().snapshot().latest(TextStore.key("a")).orElseThrow();
            assertThatThrownBy(() -> damaged.content().bytes())
                    .isInstanceOf(CorruptDataException.class);

            texts.save("a", large);

            Entity healed = texts.engine().snapshot().latest(TextStore.key("a")).orElseThrow();
            assertThat(healed.content().bytes()).isEqualTo(large);
        }
    }

    private static void flipFirst(SimulatedDisk disk, String text) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] ^= 1;
        disk.replace(StoreFiles.DATA, bytes);
    }

    @Test
    void damageUnderAnOpenStoreIsMetByReadsAndByCommits() {
        DamagedStore store = DamagedStore.closed();

        try (TextStore texts = store.open()) {
            Transaction begun = texts.engine().begin("tester");
            begun.save(TextStore.key("a"), TextStore.draft("read before the damage"));
            store.damage(LAST, Damage.CONTENT);
            assertThatThrownBy(() -> texts.text("a")).isInstanceOf(CorruptDataException.class);

            assertThatThrownBy(begun::commit).isInstanceOf(DamagedEntityException.class);

            requireText(
                    () -> texts.engine().snapshot().version(TextStore.key("a"), LAST - 1),
                    LAST - 1);
            assertThat(texts.save("c", "writes go on")).isPositive();
            assertThat(texts.state()).isEqualTo(new StoreState.Ready());
        }
    }

    private static void requireText(Supplier<Optional<Entity>> read, int number) {
        Entity entity = read.get().orElseThrow();
        assertThat(entity.version().number()).isEqualTo(number);
        assertThat(DamagedStore.textOf(entity)).isEqualTo(DamagedStore.text(number));
    }

    private static void requireRefused(Supplier<Optional<Entity>> read, Place place) {
        CorruptDataException refusal =
                catchThrowableOfType(CorruptDataException.class, () -> read.get());
        assertThat(refusal).isNotNull();
        assertThat(refusal.file()).isEqualTo(StoreFiles.DATA);
        assertThat(refusal.position()).isEqualTo(place.position());
        assertThat(refusal.place()).isNotNull();
        assertThat(refusal.place().key()).isEqualTo(TextStore.key("a"));
        assertThat(refusal.place().version()).isIn((long) place.number(), 0L);
        assertThat(refusal.place().sequence()).isIn(place.sequence(), 0L);
    }
}

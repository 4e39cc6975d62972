package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

/** The past: any point of it is read back exactly, and it does not change. */
public interface PastContract extends StoreSubject {

    @Test
    default void anInstantShowsTheVersionInForce() {
        List<Entity> versions = threeVersionsAndATombstone(key("a"));

        for (int i = 0; i < versions.size(); i++) {
            Timestamp at = versions.get(i).version().at();
            assertThat(asOf(key("a"), new AsOf.AtInstant(at))).containsExactly(versions.get(i));
            assertThat(asOf(key("a"), new AsOf.AtInstant(new Timestamp(at.epochNanos() - 1))))
                    .containsExactlyElementsOf(i == 0 ? List.of() : List.of(versions.get(i - 1)));
        }
    }

    @Test
    default void aTransactionShowsTheVersionInForce() {
        List<Entity> versions = threeVersionsAndATombstone(key("a"));
        repository().create(key("later"), draft("one"));

        for (Entity version : versions) {
            assertThat(asOf(key("a"), new AsOf.AtTransaction(version.version().transaction())))
                    .containsExactly(version);
        }
        long born = versions.getFirst().version().transaction();
        assertThat(asOf(key("a"), new AsOf.AtTransaction(born - 1))).isEmpty();
        assertThat(asOf(key("a"), new AsOf.AtTransaction(0))).isEmpty();
        assertThat(asOf(key("a"), new AsOf.AtTransaction(repository().snapshot())))
                .containsExactly(versions.getLast());
    }

    @Test
    default void aVersionIsReadByItsNumber() {
        List<Entity> versions = threeVersionsAndATombstone(key("a"));

        for (Entity version : versions) {
            assertThat(asOf(key("a"), new AsOf.AtVersion(version.version().number())))
                    .containsExactly(version);
        }
        assertThat(asOf(key("a"), new AsOf.AtVersion(versions.size() + 1))).isEmpty();
        assertThat(asOf(key("a"), new AsOf.AtVersion(Long.MAX_VALUE))).isEmpty();
        assertThat(asOf(key("never"), new AsOf.AtVersion(1))).isEmpty();
    }

    @Test
    default void aReturnedNumberTellsTheTransactionAfterTheCommit() {
        long number = store().fromTransaction(() -> repository().create(key("a"), draft("one")));
        repository().save(key("a"), draft("two"));

        Entity written = repository().find(key("a"), new AsOf.AtVersion(number)).orElseThrow();

        assertThat(written.version().transaction()).isEqualTo(repository().snapshot() - 1);
        assertThat(asOf(key("a"), new AsOf.AtTransaction(written.version().transaction())))
                .containsExactly(written);
    }

    @Test
    default void theFutureIsRefused() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> asOf(key("a"), new AsOf.AtInstant(Timestamp.MAX)));
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(
                        () -> asOf(key("a"), new AsOf.AtTransaction(repository().snapshot() + 1)));
    }

    @Test
    default void anAnswerAboutThePastStaysTheSame() {
        repository().create(key("a"), draft("one"));
        Entity first = committed(key("a"));
        AsOf instant = new AsOf.AtInstant(first.version().at());
        assertThat(asOf(key("a"), instant)).containsExactly(first);

        repository().save(key("a"), draft("two"));
        repository().delete(key("a"));

        assertThat(asOf(key("a"), instant)).containsExactly(first);
    }

    @Test
    default void ownWritesHaveNoPointInThePast() {
        repository().create(key("a"), draft("one"));
        Entity first = committed(key("a"));

        store().inTransaction(
                        () -> {
                            long own = repository().save(key("a"), draft("two"));

                            long now = repository().snapshot();
                            assertThat(asOf(key("a"), new AsOf.AtTransaction(now)))
                                    .containsExactly(first);
                            assertThat(asOf(key("a"), new AsOf.AtVersion(own))).isEmpty();
                            assertThat(versions(key("a"))).containsExactly(first);
                        });
    }

    @Test
    default void aSnapshotIsReproducedByItsNumber() {
        repository().create(key("a"), draft("one"));

        long seen =
                store().fromTransaction(
                                () -> {
                                    long snapshot = repository().snapshot();
                                    elsewhere(() -> repository().save(key("a"), draft("two")));
                                    assertThat(repository().snapshot()).isEqualTo(snapshot);
                                    return snapshot;
                                });

        assertThat(repository().snapshot()).isEqualTo(seen + 1);
        assertThat(asOf(key("a"), new AsOf.AtTransaction(seen)))
                .extracting(entity -> entity.version().number())
                .containsExactly(1L);
    }

    @Test
    default void historyGoesBothWays() {
        List<Entity> versions = threeVersionsAndATombstone(key("a"));

        assertThat(repository().history(key("a"), HistoryRange.oldest(10)))
                .containsExactlyElementsOf(versions);
        assertThat(repository().history(key("a"), HistoryRange.newest(10)))
                .containsExactlyElementsOf(versions.reversed());
    }

    @Test
    default void historyBeginsWhereItIsAskedTo() {
        repeat(key("a"), 20);

        assertThat(numbers(new HistoryRange(7, true, 3))).containsExactly(7L, 8L, 9L);
        assertThat(numbers(new HistoryRange(7, false, 3))).containsExactly(7L, 6L, 5L);
        assertThat(numbers(new HistoryRange(19, true, 5))).containsExactly(19L, 20L);
        assertThat(numbers(new HistoryRange(2, false, 5))).containsExactly(2L, 1L);
        assertThat(numbers(new HistoryRange(20, false, 1))).containsExactly(20L);
        assertThat(numbers(new HistoryRange(21, true, 5))).isEmpty();
        assertThat(numbers(new HistoryRange(Long.MAX_VALUE, true, 5))).isEmpty();
        assertThat(numbers(new HistoryRange(99, false, 2))).containsExactly(20L, 19L);
    }

    @Test
    default void historyKeepsItsLimit() {
        repeat(key("a"), 150);

        assertThat(numbers(HistoryRange.newest(1))).containsExactly(150L);
        assertThat(numbers(HistoryRange.oldest(1))).containsExactly(1L);
        assertThat(numbers(HistoryRange.newest(100))).hasSize(100).startsWith(150L).endsWith(51L);
        assertThat(numbers(HistoryRange.oldest(1000))).hasSize(150);
    }

    @Test
    default void everyVersionOfALongHistoryIsFound() {
        repeat(key("a"), 150);

        LongStream.rangeClosed(1, 150)
                .forEach(
                        number ->
                                assertThat(asOf(key("a"), new AsOf.AtVersion(number)))
                                        .singleElement()
                                        .satisfies(
                                                entity ->
                                                        assertThat(StoreSubject.text(entity))
                                                                .isEqualTo("text " + number)));
    }

    private List<Entity> asOf(EntityKey key, AsOf asOf) {
        return repository().find(key, asOf).stream().toList();
    }

    private List<Long> numbers(HistoryRange range) {
        return repository().history(key("a"), range).stream()
                .map(entity -> entity.version().number())
                .toList();
    }

    private void repeat(EntityKey key, int times) {
        for (int i = 1; i <= times; i++) {
            repository().save(key, draft("text " + i));
        }
    }

    private List<Entity> threeVersionsAndATombstone(EntityKey key) {
        repository().create(key("first"), draft("something else"));
        repository().create(key, draft("one", "type:note"));
        Entity one = committed(key);
        repository().save(key, draft("two"));
        Entity two = committed(key);
        repository().save(key, draft("three", "type:note"));
        Entity three = committed(key);
        repository().delete(key);
        return List.of(one, two, three, committed(key));
    }
}

package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/** A transaction: all or nothing, seeing one state of the store and its own writes. */
public interface IsolationContract extends StoreSubject {

    @Test
    default void severalEntitiesAreWrittenTogether() {
        repository().create(key("old"), draft("one"));

        store().inTransaction(
                        () -> {
                            repository().create(key("new"), draft("two"));
                            repository().save(new EntityKey("other", "a"), draft("three"));
                            repository().delete(key("old"));
                        });

        Version first = committed(key("new")).version();
        Version second = committed(new EntityKey("other", "a")).version();
        Version third = committed(key("old")).version();
        assertThat(second.transaction()).isEqualTo(first.transaction());
        assertThat(third.transaction()).isEqualTo(first.transaction());
        assertThat(second.at()).isEqualTo(first.at());
        assertThat(third.at()).isEqualTo(first.at());
    }

    @Test
    default void anExceptionLeavesNothing() {
        repository().create(key("old"), draft("one"));
        long before = repository().snapshot();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(
                        () ->
                                store().inTransaction(
                                                () -> {
                                                    repository().create(key("new"), draft("two"));
                                                    repository().delete(key("old"));
                                                    throw new CancellationException("stop");
                                                }));

        assertThat(repository().latest(key("new"))).isEmpty();
        assertThat(text(committed(key("old")))).isEqualTo("one");
        assertThat(repository().snapshot()).isEqualTo(before);
        assertThat(repository().create(key("new"), draft("three"))).isEqualTo(1);
    }

    @Test
    default void aRefusedChangeSpoilsTheWholeTransaction() {
        repository().create(key("b"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                store().inTransaction(
                                                () -> {
                                                    repository().create(key("a"), draft("two"));
                                                    repository().create(key("b"), draft("two"));
                                                }));

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    default void ownWritesAreSeenWithin() {
        repository().create(key("changed"), draft("one", "k:1"));
        repository().create(key("deleted"), draft("one"));
        repository().create(key("restored"), draft("back"));
        repository().delete(key("restored"));

        store().inTransaction(
                        () -> {
                            repository().create(key("new"), draft("two", "k:2"));
                            repository().save(key("changed"), draft("two", "k:1", "k:2"));
                            repository().delete(key("deleted"));
                            repository().restore(key("restored"));

                            Entity created = repository().find(key("new")).orElseThrow();
                            assertThat(text(created)).isEqualTo("two");
                            assertThat(created.version().number()).isEqualTo(1);
                            assertThat(created.version().isPending()).isTrue();
                            assertThat(created.version().principal())
                                    .isEqualTo(store().principal());
                            Entity changed = committed(key("changed"));
                            assertThat(text(changed)).isEqualTo("two");
                            assertThat(changed.version().number()).isEqualTo(2);
                            assertThat(changed.tags())
                                    .containsOnlyKeys(Tag.parse("k:1"), Tag.parse("k:2"));
                            assertThat(repository().find(key("deleted"))).isEmpty();
                            assertThat(committed(key("deleted")).isDeleted()).isTrue();
                            assertThat(text(committed(key("restored")))).isEqualTo("back");
                        });

        assertThat(committed(key("new")).version().isPending()).isFalse();
    }

    @Test
    default void ownWritesAreNotSeenOutside() {
        repository().create(key("a"), draft("one"));

        store().inTransaction(
                        () -> {
                            repository().save(key("a"), draft("two"));
                            repository().create(key("new"), draft("two"));

                            assertThat(elsewhere(() -> text(committed(key("a"))))).isEqualTo("one");
                            assertThat(elsewhere(() -> repository().latest(key("new")))).isEmpty();
                        });

        assertThat(elsewhere(() -> text(committed(key("a"))))).isEqualTo("two");
    }

    @Test
    default void othersCommitsAreNotSeenWithin() {
        repository().create(key("a"), draft("one"));
        repository().create(key("deleted"), draft("one"));

        store().inTransaction(
                        () -> {
                            elsewhere(() -> repository().save(key("a"), draft("two")));
                            elsewhere(() -> repository().create(key("new"), draft("two")));
                            elsewhere(() -> repository().delete(key("deleted")));

                            assertThat(text(committed(key("a")))).isEqualTo("one");
                            assertThat(versions(key("a"))).hasSize(1);
                            assertThat(repository().latest(key("new"))).isEmpty();
                            assertThat(repository().find(key("deleted"))).isPresent();
                        });

        assertThat(text(committed(key("a")))).isEqualTo("two");
        assertThat(repository().find(key("new"))).isPresent();
        assertThat(repository().find(key("deleted"))).isEmpty();
    }

    @Test
    default void severalWritesToOneEntityMakeOneVersion() {
        repository().create(key("a"), draft("one", "type:note"));

        store().inTransaction(
                        () -> {
                            assertThat(repository().save(key("a"), draft("two"))).isEqualTo(2);
                            assertThat(repository().save(key("a"), draft("three"))).isEqualTo(2);
                            repository().create(key("b"), draft("one"));
                            assertThat(repository().save(key("b"), draft("four", "k:1")))
                                    .isEqualTo(1);
                        });

        assertThat(versions(key("a")))
                .extracting(StoreSubject::text)
                .containsExactly("one", "three");
        assertThat(versions(key("b"))).extracting(StoreSubject::text).containsExactly("four");
        assertThat(committed(key("b")).tags()).containsOnlyKeys(Tag.parse("k:1"));
    }

    @Test
    default void aSaveThatIsDeletedLeavesOnlyTheTombstone() {
        repository().create(key("a"), draft("one"));

        store().inTransaction(
                        () -> {
                            repository().save(key("a"), draft("two"));
                            repository().delete(key("a"));
                        });

        assertThat(versions(key("a")))
                .extracting(entity -> entity.version().kind())
                .containsExactly(ChangeKind.PUT, ChangeKind.DELETE);
        repository().restore(key("a"));
        assertThat(text(committed(key("a")))).isEqualTo("one");
    }

    @Test
    default void aNewEntityThatIsDeletedLeavesNothing() {
        store().inTransaction(
                        () -> {
                            repository().create(key("a"), draft("one"));
                            repository().delete(key("a"));

                            assertThat(repository().find(key("a"))).isEmpty();
                        });

        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(versions(key("a"))).isEmpty();
        assertThat(repository().create(key("a"), draft("two"))).isEqualTo(1);
    }

    @Test
    default void aNewLifeThatIsDeletedLeavesTheTombstone() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));
        Entity tombstone = committed(key("a"));

        store().inTransaction(
                        () -> {
                            repository().create(key("a"), draft("two"));
                            repository().delete(key("a"));
                        });

        assertThat(committed(key("a"))).isEqualTo(tombstone);
    }

    @Test
    default void aDeletionThatIsTakenBackLeavesTheEntity() {
        repository().create(key("a"), draft("one", "type:note"));
        Entity before = committed(key("a"));

        store().inTransaction(
                        () -> {
                            repository().delete(key("a"));
                            repository().restore(key("a"));

                            assertThat(repository().find(key("a"))).contains(before);
                        });

        assertThat(committed(key("a"))).isEqualTo(before);
        assertThat(versions(key("a"))).hasSize(1);
    }

    @Test
    default void aTransactionWithoutWritesLeavesNoTrace() {
        repository().create(key("a"), draft("one"));
        long before = repository().snapshot();

        store().inTransaction(() -> assertThat(repository().find(key("a"))).isPresent());

        assertThat(repository().snapshot()).isEqualTo(before);
    }
}

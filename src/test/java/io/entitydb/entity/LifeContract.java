package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** An entity's life: created, saved, deleted, restored; each change is a version. */
public interface LifeContract extends StoreSubject {

    @Test
    default void createMakesTheFirstVersion() {
        long number = repository().create(key("a"), draft("one", "type:note"));

        Entity entity = repository().find(key("a")).orElseThrow();
        assertThat(number).isEqualTo(1);
        assertThat(entity.key()).isEqualTo(key("a"));
        assertThat(entity.version().number()).isEqualTo(1);
        assertThat(entity.version().kind()).isEqualTo(ChangeKind.PUT);
        assertThat(entity.version().principal()).isEqualTo(store().principal());
        assertThat(entity.version().isPending()).isFalse();
        assertThat(entity.createdAt()).isEqualTo(entity.version().at());
        assertThat(entity.createdBy()).isEqualTo(store().principal());
        assertThat(entity.tags()).containsOnlyKeys(Tag.parse("type:note"));
        assertThat(entity.content()).isEqualTo(draft("one").content());
        assertThat(text(entity)).isEqualTo("one");
    }

    @Test
    default void createOfALivingEntityConflicts() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> repository().create(key("a"), draft("two")))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key("a")));
        assertThat(versions(key("a"))).hasSize(1);
    }

    @Test
    default void whatWasNeverMadeIsAbsent() {
        repository().create(key("other"), draft("one"));

        assertThat(repository().find(key("a"))).isEmpty();
        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(versions(key("a"))).isEmpty();
    }

    @Test
    default void saveCreatesWhatIsMissing() {
        assertThat(repository().save(key("a"), draft("one"))).isEqualTo(1);

        assertThat(text(committed(key("a")))).isEqualTo("one");
    }

    @Test
    default void saveReplacesTagsAndContentAsAWhole() {
        repository().create(key("a"), draft("one", "type:note", "status:new"));

        long number = repository().save(key("a"), draft("two", "status:old"));

        Entity entity = committed(key("a"));
        assertThat(number).isEqualTo(2);
        assertThat(entity.version().number()).isEqualTo(2);
        assertThat(entity.tags()).containsOnlyKeys(Tag.parse("status:old"));
        assertThat(text(entity)).isEqualTo("two");
    }

    @Test
    default void savingTheSameAgainIsAVersionToo() {
        repository().create(key("a"), draft("one", "type:note"));

        assertThat(repository().save(key("a"), draft("one", "type:note"))).isEqualTo(2);

        assertThat(versions(key("a"))).hasSize(2);
    }

    @Test
    default void deleteLeavesATombstone() {
        repository().create(key("a"), draft("one", "type:note"));
        Entity before = committed(key("a"));

        long number = repository().delete(key("a"));

        Entity tombstone = committed(key("a"));
        assertThat(number).isEqualTo(2);
        assertThat(repository().find(key("a"))).isEmpty();
        assertThat(tombstone.isDeleted()).isTrue();
        assertThat(tombstone.version().number()).isEqualTo(2);
        assertThat(tombstone.version().kind()).isEqualTo(ChangeKind.DELETE);
        assertThat(tombstone.tags()).isEmpty();
        assertThat(tombstone.content().length()).isZero();
        assertThat(tombstone.createdAt()).isEqualTo(before.createdAt());
        assertThat(versions(key("a"))).containsExactly(before, tombstone);
    }

    @Test
    default void deleteOfAMissingEntityIsRefused() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> repository().delete(key("a")))
                .satisfies(e -> assertThat(e.isDeleted()).isFalse());
        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    default void deleteOfADeletedEntityIsRefused() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> repository().delete(key("a")))
                .satisfies(e -> assertThat(e.isDeleted()).isTrue());
        assertThat(versions(key("a"))).hasSize(2);
    }

    @Test
    default void restoreBringsBackTheLastLife() {
        repository().create(key("a"), draft("one", "type:note"));
        repository().save(key("a"), draft("two", "type:note", "status:new"));
        Entity before = committed(key("a"));
        repository().delete(key("a"));

        long number = repository().restore(key("a"));

        Entity restored = repository().find(key("a")).orElseThrow();
        assertThat(number).isEqualTo(4);
        assertThat(restored.version().number()).isEqualTo(4);
        assertThat(restored.version().kind()).isEqualTo(ChangeKind.RESTORE);
        assertThat(restored.tags()).isEqualTo(before.tags());
        assertThat(restored.content()).isEqualTo(before.content());
        assertThat(text(restored)).isEqualTo("two");
    }

    @Test
    default void restoreOfALivingEntityConflicts() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> repository().restore(key("a")));
        assertThat(versions(key("a"))).hasSize(1);
    }

    @Test
    default void restoreOfAMissingEntityIsRefused() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> repository().restore(key("a")))
                .satisfies(e -> assertThat(e.isDeleted()).isFalse());
    }

    @Test
    default void restoreAfterSeveralLivesBringsBackTheLastOne() {
        repository().create(key("a"), draft("first life"));
        repository().delete(key("a"));
        repository().create(key("a"), draft("second life"));
        repository().delete(key("a"));
        repository().restore(key("a"));
        repository().delete(key("a"));

        repository().restore(key("a"));

        assertThat(text(committed(key("a")))).isEqualTo("second life");
        assertThat(committed(key("a")).version().number()).isEqualTo(7);
    }

    @Test
    default void numbersGoOnAfterADeletion() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        assertThat(repository().create(key("a"), draft("two"))).isEqualTo(3);
        assertThat(repository().delete(key("a"))).isEqualTo(4);
        assertThat(repository().save(key("a"), draft("three"))).isEqualTo(5);

        assertThat(versions(key("a")))
                .extracting(entity -> entity.version().number())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    default void transactionsAndTimesGrow() {
        List<Version> written = new ArrayList<>();
        for (String id : List.of("a", "b", "a", "c", "a")) {
            repository().save(key(id), draft("text"));
            written.add(committed(key(id)).version());
        }

        for (int i = 1; i < written.size(); i++) {
            assertThat(written.get(i).transaction())
                    .isEqualTo(written.get(i - 1).transaction() + 1);
            assertThat(written.get(i).at()).isGreaterThan(written.get(i - 1).at());
        }
    }

    @Test
    default void entitiesOfOneIdInTwoDatasetsAreTwo() {
        EntityKey there = new EntityKey("other", "a");
        repository().create(key("a"), draft("here"));
        repository().create(there, draft("there"));

        repository().delete(key("a"));

        assertThat(repository().find(key("a"))).isEmpty();
        assertThat(text(committed(there))).isEqualTo("there");
        assertThat(committed(there).version().number()).isEqualTo(1);
    }
}

package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;

/** Since when a tag holds and an entity lives. */
public interface TimesContract extends StoreSubject {

    @Test
    default void aTagIsTimedByTheCommitThatAssertedIt() {
        repository().create(key("a"), draft("one", "type:note"));
        repository().save(key("a"), draft("one", "type:note", "status:new"));

        Timestamp first = versionAt(key("a"), 1);
        Timestamp second = versionAt(key("a"), 2);
        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("type:note"), first)
                .containsEntry(Tag.parse("status:new"), second)
                .hasSize(2);
    }

    @Test
    default void aTagKeptOverVersionsKeepsItsTime() {
        repository().create(key("a"), draft("one", "type:note"));

        repository().save(key("a"), draft("two", "type:note"));
        repository().save(key("a"), draft("three", "type:note", "status:new"));

        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("type:note"), versionAt(key("a"), 1));
    }

    @Test
    default void aTagRemovedAndAssertedAgainGetsANewTime() {
        repository().create(key("a"), draft("one", "type:note"));
        repository().save(key("a"), draft("one"));

        repository().save(key("a"), draft("one", "type:note"));

        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("type:note"), versionAt(key("a"), 3));
    }

    @Test
    default void tagsAreTimedOneByOneWithinANamespace() {
        repository().create(key("a"), draft("one", "k:1", "k:2"));

        repository().save(key("a"), draft("one", "k:2", "k:3"));

        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("k:2"), versionAt(key("a"), 1))
                .containsEntry(Tag.parse("k:3"), versionAt(key("a"), 2))
                .hasSize(2);
    }

    @Test
    default void aRestoredEntityKeepsTheTimesOfItsTags() {
        repository().create(key("a"), draft("one", "k:1"));
        repository().save(key("a"), draft("two", "k:1", "k:2"));
        repository().delete(key("a"));

        repository().restore(key("a"));
        repository().save(key("a"), draft("three", "k:1", "k:2", "k:3"));

        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("k:1"), versionAt(key("a"), 1))
                .containsEntry(Tag.parse("k:2"), versionAt(key("a"), 2))
                .containsEntry(Tag.parse("k:3"), versionAt(key("a"), 5));
    }

    @Test
    default void aNewLifeAssertsItsTagsAnew() {
        repository().create(key("a"), draft("one", "type:note"));
        repository().delete(key("a"));

        repository().create(key("a"), draft("two", "type:note"));

        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("type:note"), versionAt(key("a"), 3));
    }

    @Test
    default void anOldVersionShowsTheTimesOfItsDay() {
        repository().create(key("a"), draft("one", "type:note"));
        Entity first = committed(key("a"));
        repository().save(key("a"), draft("one"));

        repository().save(key("a"), draft("one", "type:note"));

        assertThat(versions(key("a")).getFirst()).isEqualTo(first);
    }

    @Test
    default void savesAndRestoreKeepTheBeginningOfLife() {
        repository().create(key("a"), draft("one"));
        repository().save(key("a"), draft("two"));
        repository().delete(key("a"));

        repository().restore(key("a"));
        repository().save(key("a"), draft("three"));

        assertThat(versions(key("a")))
                .hasSize(5)
                .allSatisfy(
                        entity -> assertThat(entity.createdAt()).isEqualTo(versionAt(key("a"), 1)));
    }

    @Test
    default void createAfterADeletionBeginsANewLife() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        repository().create(key("a"), draft("two"));
        repository().save(key("a"), draft("three"));

        assertThat(committed(key("a")).createdAt()).isEqualTo(versionAt(key("a"), 3));
    }

    @Test
    default void saveAfterADeletionBeginsANewLife() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        repository().save(key("a"), draft("two"));

        assertThat(committed(key("a")).createdAt()).isEqualTo(versionAt(key("a"), 3));
    }

    @Test
    default void restoreAfterANewLifeReturnsToThatOne() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));
        repository().create(key("a"), draft("two", "type:note"));
        repository().delete(key("a"));

        repository().restore(key("a"));

        assertThat(committed(key("a")).createdAt()).isEqualTo(versionAt(key("a"), 3));
        assertThat(committed(key("a")).tags())
                .containsEntry(Tag.parse("type:note"), versionAt(key("a"), 3));
    }

    @Test
    default void timesFollowFromCommittedVersionsAlone() {
        repository().create(key("a"), draft("one", "type:note"));

        store().inTransaction(
                        () -> {
                            repository().delete(key("a"));
                            repository().create(key("a"), draft("two", "status:new"));
                            repository().save(key("a"), draft("three", "type:note"));
                        });

        Entity entity = committed(key("a"));
        assertThat(entity.version().number()).isEqualTo(2);
        assertThat(entity.version().kind()).isEqualTo(ChangeKind.PUT);
        assertThat(entity.createdAt()).isEqualTo(versionAt(key("a"), 1));
        assertThat(entity.tags())
                .containsOnlyKeys(Tag.parse("type:note"))
                .containsEntry(Tag.parse("type:note"), versionAt(key("a"), 1));
    }

    private Timestamp versionAt(EntityKey key, int number) {
        return versions(key).get(number - 1).version().at();
    }
}

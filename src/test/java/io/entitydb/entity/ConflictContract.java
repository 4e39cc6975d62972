package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Of two transactions in each other's way, the first to commit wins. */
public interface ConflictContract extends StoreSubject {

    @Test
    default void theFirstSaveWins() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    repository().save(key("a"), draft("mine"));
                    elsewhere(() -> repository().save(key("a"), draft("theirs")));
                });

        assertThat(versions(key("a")))
                .extracting(StoreSubject::text)
                .containsExactly("one", "theirs");
    }

    @Test
    default void whatWasReadBeforeAnothersSaveIsNotSavedOverIt() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    String read = text(committed(key("a")));
                    elsewhere(() -> repository().save(key("a"), draft("theirs")));
                    repository().save(key("a"), draft(read + " and mine"));
                });

        assertThat(text(committed(key("a")))).isEqualTo("theirs");
    }

    @Test
    default void theFirstCreateWins() {
        assertConflict(
                () -> {
                    repository().create(key("a"), draft("mine"));
                    elsewhere(() -> repository().create(key("a"), draft("theirs")));
                });

        assertThat(versions(key("a"))).extracting(StoreSubject::text).containsExactly("theirs");
    }

    @Test
    default void aSaveLosesToADelete() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    repository().save(key("a"), draft("mine"));
                    elsewhere(() -> repository().delete(key("a")));
                });

        assertThat(committed(key("a")).isDeleted()).isTrue();
    }

    @Test
    default void aDeleteLosesToASave() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    repository().delete(key("a"));
                    elsewhere(() -> repository().save(key("a"), draft("theirs")));
                });

        assertThat(text(repository().find(key("a")).orElseThrow())).isEqualTo("theirs");
    }

    @Test
    default void aRestoreLosesToANewLife() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        assertConflict(
                () -> {
                    repository().restore(key("a"));
                    elsewhere(() -> repository().create(key("a"), draft("theirs")));
                });

        assertThat(text(committed(key("a")))).isEqualTo("theirs");
        assertThat(committed(key("a")).version().number()).isEqualTo(3);
    }

    @Test
    default void anEntityThatCameBackToItsTextHasChangedAllTheSame() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    repository().save(key("a"), draft("mine"));
                    elsewhere(() -> repository().save(key("a"), draft("two")));
                    elsewhere(() -> repository().save(key("a"), draft("one")));
                });
    }

    @Test
    default void theLoserLeavesNothingAnywhere() {
        repository().create(key("b"), draft("one"));
        repository().create(key("c"), draft("one"));

        assertConflict(
                () -> {
                    repository().create(key("a"), draft("mine"));
                    repository().save(key("b"), draft("mine"));
                    repository().delete(key("c"));
                    elsewhere(() -> repository().save(key("b"), draft("theirs")));
                });

        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(versions(key("a"))).isEmpty();
        assertThat(text(committed(key("b")))).isEqualTo("theirs");
        assertThat(text(committed(key("c")))).isEqualTo("one");
        assertThat(repository().snapshot()).isEqualTo(committed(key("b")).version().transaction());
    }

    @Test
    default void differentEntitiesAreNotInEachOthersWay() {
        repository().create(key("a"), draft("one"));
        repository().create(key("b"), draft("one"));

        store().inTransaction(
                        () -> {
                            repository().save(key("a"), draft("mine"));
                            elsewhere(() -> repository().save(key("b"), draft("theirs")));
                        });

        assertThat(text(committed(key("a")))).isEqualTo("mine");
        assertThat(text(committed(key("b")))).isEqualTo("theirs");
    }

    @Test
    default void anExpectedVersionIsCheckedAtOnce() {
        repository().create(key("a"), draft("one"));
        repository().save(key("a"), draft("two"));

        repository().expect(key("a"), 2);
        repository().expect(key("never"), 0);

        assertUnexpected(key("a"), 1, 2);
        assertUnexpected(key("a"), 3, 2);
        assertUnexpected(key("a"), 0, 2);
        assertUnexpected(key("never"), 1, 0);
    }

    @Test
    default void aTombstoneCountsAsTheNewestVersion() {
        repository().create(key("a"), draft("one"));
        repository().delete(key("a"));

        repository().expect(key("a"), 2);

        assertUnexpected(key("a"), 1, 2);
        assertUnexpected(key("a"), 0, 2);
    }

    @Test
    default void aFailedExpectationSpoilsTheTransaction() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(
                        () ->
                                store().inTransaction(
                                                () -> {
                                                    repository().create(key("b"), draft("two"));
                                                    repository().expect(key("a"), 7);
                                                }));

        assertThat(repository().latest(key("b"))).isEmpty();
    }

    @Test
    default void anExpectedVersionGuardsTheSaveAfterIt() {
        repository().create(key("a"), draft("one"));

        store().inTransaction(
                        () -> {
                            repository().expect(key("a"), 1);
                            repository().save(key("a"), draft("two"));
                        });

        assertThat(text(committed(key("a")))).isEqualTo("two");
        assertConflict(
                () -> {
                    repository().expect(key("a"), 2);
                    repository().save(key("a"), draft("mine"));
                    elsewhere(() -> repository().save(key("a"), draft("theirs")));
                });
    }

    @Test
    default void anExpectedVersionGuardsAgainstWriteSkew() {
        repository().create(key("alice"), draft("on call"));
        repository().create(key("bob"), draft("on call"));

        assertConflict(
                () -> {
                    repository().expect(key("bob"), 1);
                    repository().save(key("alice"), draft("off"));
                    elsewhere(
                            () ->
                                    store().fromTransaction(
                                                    () -> {
                                                        repository().expect(key("alice"), 1);
                                                        return repository()
                                                                .save(key("bob"), draft("off"));
                                                    }));
                });

        assertThat(text(committed(key("alice")))).isEqualTo("on call");
        assertThat(text(committed(key("bob")))).isEqualTo("off");
    }

    @Test
    default void anExpectedAbsenceIsGuardedToo() {
        assertConflict(
                () -> {
                    repository().expect(key("lock"), 0);
                    repository().create(key("a"), draft("mine"));
                    elsewhere(() -> repository().create(key("lock"), draft("theirs")));
                });

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    default void anExpectationAloneIsCheckedAtTheCommit() {
        repository().create(key("a"), draft("one"));

        assertConflict(
                () -> {
                    repository().expect(key("a"), 1);
                    elsewhere(() -> repository().save(key("a"), draft("theirs")));
                });
    }

    private void assertConflict(Runnable work) {
        ThrowableAssertAlternative<VersionConflictException> conflict =
                assertThatExceptionOfType(VersionConflictException.class)
                        .isThrownBy(() -> store().inTransaction(work));
        conflict.satisfies(
                e -> {
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(repository().latest(e.key())).isPresent();
                });
    }

    private void assertUnexpected(EntityKey key, long expected, long found) {
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> repository().expect(key, expected))
                .satisfies(
                        e -> {
                            assertThat(e.key()).isEqualTo(key);
                            assertThat(e.found()).isEqualTo(found);
                        });
    }
}

package io.entitydb.transaction;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_COMMITTED;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_ROLLED_BACK;

import io.entitydb.entity.Entity;
import io.entitydb.entity.VersionConflictException;

import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Spring's transactions do over any engine. A subclass supplies the engine and inherits every
 * test: those of single transactions, of transactions within others, and here of deadlines and
 * callbacks.
 */
abstract class SpringTransactionContract extends PropagationContract {

    private final List<Integer> completions = new ArrayList<>();

    @Test
    void aCallAfterTheDeadlineIsRefusedAndNothingIsWritten() {
        assertThatExceptionOfType(TransactionTimedOutException.class)
                .isThrownBy(
                        () ->
                                withTimeout(5)
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().create(key("a"), draft("one"));
                                                    pass(Duration.ofSeconds(5));
                                                    repository().find(key("a"));
                                                }))
                .withMessageContaining("5 s");

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    void aSwallowedTimeoutDoomsTheTransaction() {
        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(
                        () ->
                                withTimeout(5)
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().create(key("a"), draft("one"));
                                                    pass(Duration.ofSeconds(6));
                                                    assertThatExceptionOfType(
                                                                    TransactionTimedOutException
                                                                            .class)
                                                            .isThrownBy(
                                                                    () -> repository().snapshot());
                                                }));

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    void aCommitAfterTheDeadlineWritesNothing() {
        assertThatExceptionOfType(TransactionTimedOutException.class)
                .isThrownBy(
                        () ->
                                withTimeout(5)
                                        .executeWithoutResult(
                                                _ -> {
                                                    listen();
                                                    repository().create(key("a"), draft("one"));
                                                    pass(Duration.ofSeconds(5));
                                                }));

        assertThat(completions).containsExactly(STATUS_ROLLED_BACK);
        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(repository().create(key("a"), draft("two"))).isEqualTo(1);
    }

    @Test
    void aTransactionWithinItsTimeCommits() {
        withTimeout(5)
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("a"), draft("one"));
                            pass(Duration.ofNanos(4_999_999_999L));
                        });

        assertThat(repository().find(key("a"))).isPresent();
    }

    @Test
    void aTransactionWithoutADeadlineMayTakeAsLongAsItLikes() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("a"), draft("one"));
                            pass(Duration.ofDays(10_000));
                        });

        assertThat(repository().find(key("a"))).isPresent();
    }

    @Test
    void callbacksAreToldOfACommitAndReadIt() {
        List<Optional<Entity>> read = new ArrayList<>();

        transaction()
                .executeWithoutResult(
                        _ -> {
                            listen();
                            TransactionSynchronizationManager.registerSynchronization(
                                    new TransactionSynchronization() {
                                        @Override
                                        public void afterCommit() {
                                            read.add(repository().find(key("a")));
                                        }
                                    });
                            repository().create(key("a"), draft("one"));
                        });

        assertThat(completions).containsExactly(STATUS_COMMITTED);
        assertThat(read)
                .singleElement()
                .satisfies(
                        found -> assertThat(found.orElseThrow().version().isPending()).isFalse());
    }

    @Test
    void callbacksAreToldOfAConflict() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ -> {
                                                    listen();
                                                    repository().delete(key("a"));
                                                    elsewhere(() -> repository().delete(key("a")));
                                                }));

        assertThat(completions).containsExactly(STATUS_ROLLED_BACK);
    }

    @Test
    void whatACallbackWritesBeforeTheCommitBelongsToIt() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            TransactionSynchronizationManager.registerSynchronization(
                                    new TransactionSynchronization() {
                                        @Override
                                        public void beforeCommit(boolean isReadOnly) {
                                            repository().create(key("audit"), draft("a was made"));
                                        }
                                    });
                            repository().create(key("a"), draft("one"));
                        });

        assertThat(repository().snapshot()).isEqualTo(1);
        assertThat(repository().find(key("audit"))).isPresent();
    }

    @Test
    void whatACallbackWritesAfterTheCommitIsCommitted() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            TransactionSynchronizationManager.registerSynchronization(
                                    new TransactionSynchronization() {
                                        @Override
                                        public void afterCommit() {
                                            repository().create(key("b"), draft("alone"));
                                            propagated(TransactionTemplate.PROPAGATION_REQUIRES_NEW)
                                                    .executeWithoutResult(_ -> saveTwo());
                                        }
                                    });
                            repository().create(key("a"), draft("one"));
                        });

        assertThat(text(repository().find(key("a")).orElseThrow())).isEqualTo("two");
        assertThat(text(repository().find(key("b")).orElseThrow())).isEqualTo("two");
        assertThat(repository().snapshot()).isEqualTo(3);
    }

    private void saveTwo() {
        repository().save(key("a"), draft("two"));
        repository().save(key("b"), draft("two"));
    }

    private void listen() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int status) {
                        completions.add(status);
                    }
                });
    }

    private TransactionTemplate withTimeout(int seconds) {
        return transaction(template -> template.setTimeout(seconds));
    }

    private void pass(Duration time) {
        ticker.addAndGet(time.toNanos());
    }
}

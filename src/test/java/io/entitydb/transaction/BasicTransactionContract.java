package io.entitydb.transaction;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Transactions of Spring one at a time: committed, rolled back, read-only, doomed. */
abstract class BasicTransactionContract {

    /** Nanoseconds that tests let pass. */
    final AtomicLong ticker = new AtomicLong();

    private @Nullable StorageEngine engine;
    private @Nullable EntityTransactionManager manager;

    /** A new engine over an empty store, not open yet. */
    abstract StorageEngine engine();

    @BeforeEach
    final void openStore() {
        engine = engine();
        engine.open();
        manager = new EntityTransactionManager(engine, () -> "tester", ticker::get);
    }

    @AfterEach
    final void closeStoreAndFindTheThreadClean() {
        opened().close();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    final StorageEngine opened() {
        return Objects.requireNonNull(engine, "no test runs");
    }

    final EntityTransactionManager manager() {
        return Objects.requireNonNull(manager, "no test runs");
    }

    final EntityRepository repository() {
        return new EngineEntityRepository(opened(), () -> "tester");
    }

    final TransactionTemplate transaction(Consumer<TransactionTemplate> setting) {
        TransactionTemplate template = new TransactionTemplate(manager());
        setting.accept(template);
        return template;
    }

    final TransactionTemplate transaction() {
        return transaction(_ -> {});
    }

    final TransactionTemplate propagated(int propagation) {
        return transaction(template -> template.setPropagationBehavior(propagation));
    }

    @Test
    void aReadOnlyTransactionRefusesEachChange() {
        repository().create(key("a"), draft("one"));
        repository().create(key("b"), draft("one"));
        repository().delete(key("b"));
        long before = repository().snapshot();
        TransactionTemplate readOnly = transaction(template -> template.setReadOnly(true));

        readOnly.executeWithoutResult(
                _ -> {
                    assertRefused(() -> repository().create(key("new"), draft("two")));
                    assertRefused(() -> repository().save(key("a"), draft("two")));
                    assertRefused(() -> repository().delete(key("a")));
                    assertRefused(() -> repository().restore(key("b")));
                    repository().expect(key("a"), 1);
                    assertThat(text(repository().find(key("a")).orElseThrow())).isEqualTo("one");
                });

        assertThat(repository().snapshot()).isEqualTo(before);
    }

    @Test
    void aReadOnlyTransactionSeesOneState() {
        repository().create(key("a"), draft("one"));

        transaction(template -> template.setReadOnly(true))
                .executeWithoutResult(
                        _ -> {
                            elsewhere(() -> repository().save(key("a"), draft("two")));
                            assertThat(text(repository().find(key("a")).orElseThrow()))
                                    .isEqualTo("one");
                        });
    }

    @Test
    void anErrorRollsBackToo() {
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().create(key("a"), draft("one"));
                                                    throw new StackOverflowError("too deep");
                                                }));

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    void aTransactionMarkedRollbackOnlyWritesNothing() {
        transaction()
                .executeWithoutResult(
                        status -> {
                            repository().create(key("a"), draft("one"));
                            status.setRollbackOnly();
                            assertThat(repository().find(key("a"))).isPresent();
                        });

        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    void aParticipantThatFailsDoomsTheWholeTransaction() {
        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().create(key("a"), draft("one"));
                                                    failWithin(transaction());
                                                }));

        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(repository().latest(key("b"))).isEmpty();
    }

    @Test
    void aParticipantJoinsTheTransaction() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("a"), draft("one"));
                            transaction()
                                    .executeWithoutResult(
                                            _ -> {
                                                assertThat(repository().find(key("a"))).isPresent();
                                                repository().create(key("b"), draft("two"));
                                            });
                            assertThat(elsewhere(() -> repository().latest(key("b")))).isEmpty();
                        });

        assertThat(repository().snapshot()).isEqualTo(1);
        assertThat(repository().find(key("b"))).isPresent();
    }

    @Test
    void aConflictAtTheCommitPassesThrough() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().save(key("a"), draft("mine"));
                                                    elsewhere(() -> repository().delete(key("a")));
                                                }));

        transaction().executeWithoutResult(_ -> repository().save(key("a"), draft("next attempt")));
        assertThat(text(repository().find(key("a")).orElseThrow())).isEqualTo("next attempt");
    }

    @Test
    void aClosedStoreRefusesToBegin() {
        opened().close();

        assertThatExceptionOfType(StorageClosedException.class)
                .isThrownBy(() -> transaction().executeWithoutResult(_ -> {}));
        assertThatExceptionOfType(StorageClosedException.class)
                .isThrownBy(() -> repository().find(key("a")));
    }

    @Test
    void aTransactionWorksOnAVirtualThreadAndStaysOnIt() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("a"), draft("one"));
                            long seen =
                                    elsewhere(
                                            () -> {
                                                assertThat(repository().latest(key("a"))).isEmpty();
                                                transaction()
                                                        .executeWithoutResult(
                                                                _ ->
                                                                        repository()
                                                                                .create(
                                                                                        key("b"),
                                                                                        draft(
                                                                                                "x")));
                                                return repository().snapshot();
                                            });
                            assertThat(seen).isEqualTo(1);
                        });

        assertThat(repository().find(key("a"))).isPresent();
        assertThat(repository().snapshot()).isEqualTo(2);
    }

    @Test
    void isolationUpToRepeatableReadIsGiven() {
        for (int level :
                new int[] {
                    TransactionDefinition.ISOLATION_DEFAULT,
                    TransactionDefinition.ISOLATION_READ_UNCOMMITTED,
                    TransactionDefinition.ISOLATION_READ_COMMITTED,
                    TransactionDefinition.ISOLATION_REPEATABLE_READ
                }) {
            transaction(template -> template.setIsolationLevel(level))
                    .executeWithoutResult(_ -> repository().save(key("a"), draft("one")));
        }

        assertThat(repository().snapshot()).isEqualTo(4);
    }

    /** Fails in a transaction and swallows it, as callers do who think nothing of it. */
    final void failWithin(TransactionTemplate inner) {
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(
                        () ->
                                inner.executeWithoutResult(
                                        _ -> {
                                            repository().create(key("b"), draft("two"));
                                            throw new CancellationException("stop");
                                        }));
    }

    private static void assertRefused(Runnable change) {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(change::run)
                .withMessageContaining("read-only");
    }
}

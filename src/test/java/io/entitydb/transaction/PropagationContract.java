package io.entitydb.transaction;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_MANDATORY;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NESTED;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NEVER;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NOT_SUPPORTED;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRES_NEW;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_SUPPORTS;

import io.entitydb.entity.VersionConflictException;

import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.NestedTransactionNotSupportedException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of Spring within and beside others, in addition to what they do alone. */
abstract class PropagationContract extends BasicTransactionContract {

    @Test
    void anIndependentTransactionSurvivesTheOuterRollback() {
        transaction()
                .executeWithoutResult(
                        outer -> {
                            repository().create(key("a"), draft("outer"));
                            propagated(PROPAGATION_REQUIRES_NEW)
                                    .executeWithoutResult(
                                            _ -> {
                                                assertThat(repository().latest(key("a"))).isEmpty();
                                                repository().create(key("b"), draft("inner"));
                                            });
                            assertThat(repository().find(key("a"))).isPresent();
                            assertThat(repository().latest(key("b"))).isEmpty();
                            outer.setRollbackOnly();
                        });

        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(text(repository().find(key("b")).orElseThrow())).isEqualTo("inner");
    }

    @Test
    void theOuterTransactionSurvivesAnIndependentFailure() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("a"), draft("outer"));
                            failWithin(propagated(PROPAGATION_REQUIRES_NEW));
                        });

        assertThat(repository().find(key("a"))).isPresent();
        assertThat(repository().latest(key("b"))).isEmpty();
    }

    @Test
    void anIndependentTransactionMayBeTheFirstToCommit() {
        repository().create(key("a"), draft("one"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ -> {
                                                    repository().save(key("a"), draft("outer"));
                                                    propagated(PROPAGATION_REQUIRES_NEW)
                                                            .executeWithoutResult(_ -> saveInner());
                                                }));

        assertThat(text(repository().find(key("a")).orElseThrow())).isEqualTo("inner");
    }

    @Test
    void anIndependentTransactionMayWriteWithinAReadOnlyOne() {
        transaction(template -> template.setReadOnly(true))
                .executeWithoutResult(
                        _ ->
                                propagated(PROPAGATION_REQUIRES_NEW)
                                        .executeWithoutResult(_ -> saveInner()));

        assertThat(repository().find(key("a"))).isPresent();
    }

    @Test
    void callsOutsideASuspendedTransactionCommitAlone() {
        transaction()
                .executeWithoutResult(
                        outer -> {
                            repository().create(key("b"), draft("outer"));
                            propagated(PROPAGATION_NOT_SUPPORTED)
                                    .executeWithoutResult(
                                            _ -> {
                                                assertThat(repository().latest(key("b"))).isEmpty();
                                                saveInner();
                                            });
                            outer.setRollbackOnly();
                        });

        assertThat(repository().find(key("a"))).isPresent();
        assertThat(repository().latest(key("b"))).isEmpty();
    }

    @Test
    void supportedCallsWithoutATransactionCommitAlone() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                propagated(PROPAGATION_SUPPORTS)
                                        .executeWithoutResult(
                                                _ -> {
                                                    saveInner();
                                                    throw new IllegalStateException("too late");
                                                }));

        assertThat(repository().find(key("a"))).isPresent();
    }

    @Test
    void mandatoryAndForbiddenTransactionsAreInsistedOn() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> propagated(PROPAGATION_MANDATORY).executeWithoutResult(_ -> {}));
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(
                        () ->
                                transaction()
                                        .executeWithoutResult(
                                                _ ->
                                                        propagated(PROPAGATION_NEVER)
                                                                .executeWithoutResult(_ -> {})));
    }

    @Test
    void aNestedTransactionIsRefused() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("b"), draft("outer"));
                            assertThatExceptionOfType(NestedTransactionNotSupportedException.class)
                                    .isThrownBy(
                                            () ->
                                                    propagated(PROPAGATION_NESTED)
                                                            .executeWithoutResult(
                                                                    _ -> saveInner()));
                        });

        assertThat(repository().find(key("b"))).isPresent();
        assertThat(repository().latest(key("a"))).isEmpty();
    }

    @Test
    void aNestedTransactionWithoutAnOuterOneIsOrdinary() {
        propagated(PROPAGATION_NESTED).executeWithoutResult(_ -> saveInner());

        assertThat(repository().find(key("a"))).isPresent();
    }

    @Test
    void serializableIsRefusedAndTheSuspendedTransactionGoesOn() {
        transaction()
                .executeWithoutResult(
                        _ -> {
                            repository().create(key("b"), draft("outer"));
                            assertThatExceptionOfType(InvalidIsolationLevelException.class)
                                    .isThrownBy(() -> serializable().execute(_ -> "never"));
                        });

        assertThat(repository().find(key("b"))).isPresent();
    }

    private TransactionTemplate serializable() {
        return transaction(
                template -> {
                    template.setPropagationBehavior(PROPAGATION_REQUIRES_NEW);
                    template.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
                });
    }

    private void saveInner() {
        repository().save(key("a"), draft("inner"));
    }
}

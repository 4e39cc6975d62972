package io.entitydb.transaction;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import io.entitydb.entity.EntityRepository;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;

import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.ArrayList;
import java.util.List;

class UnknownOutcomeTests {

    private final Transaction failing = mock();
    private final StorageEngine engine = mock();
    private final EntityRepository repository = new EngineEntityRepository(engine, () -> "tester");
    private final TransactionTemplate template =
            new TransactionTemplate(
                    new EntityTransactionManager(engine, () -> "tester", System::nanoTime));
    private final List<Integer> completions = new ArrayList<>();

    @Test
    void anUnknownOutcomeIsNotCalledARollback() {
        OutcomeUnknownException unknown = new OutcomeUnknownException("force failed");

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> commitFailingWith(unknown))
                .isSameAs(unknown);

        assertThat(completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
        then(failing).should(never()).rollback();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    @Test
    void aRefusedCommitIsARollback() {
        StorageFullException full = new StorageFullException(4096, 0);

        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> commitFailingWith(full))
                .isSameAs(full);

        assertThat(completions).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    @Test
    void aSingleCallTellsItsOutcomeToo() {
        given(engine.begin("tester")).willReturn(failing);
        given(failing.commit()).willThrow(new OutcomeUnknownException("force failed"));

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> repository.save(key("a"), draft("one")));
    }

    private void commitFailingWith(StorageException failure) {
        given(engine.begin("tester")).willReturn(failing);
        given(failing.commit()).willThrow(failure);
        template.executeWithoutResult(
                _ -> {
                    repository.save(key("a"), draft("one"));
                    TransactionSynchronizationManager.registerSynchronization(
                            new TransactionSynchronization() {
                                @Override
                                public void afterCompletion(int status) {
                                    completions.add(status);
                                }
                            });
                });
    }
}

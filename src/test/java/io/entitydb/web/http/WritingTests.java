package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.transaction.TransactionalStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

class WritingTests {

    private static final EntityKey KEY = new EntityKey("default", "x");
    private static final EntityDraft DRAFT = EntityDraft.of(Set.of(), Content.EMPTY);

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final EntityRepository repository = store.repository();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final Writing writing =
            new Writing(store.manager(), repository, new TransactionHeader(response));
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        store.close();
    }

    /** Writes, while somebody else commits to the same entity, so many times. */
    private LongSupplier disturbed(int times) {
        TransactionTemplate other = new TransactionTemplate(store.manager());
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return () -> {
            long version = repository.save(KEY, DRAFT);
            if (runs.incrementAndGet() <= times) {
                other.executeWithoutResult(status -> repository.save(KEY, DRAFT));
            }
            return version;
        };
    }

    @Test
    void versionIsGivenAsItWasCommittedAndItsTransactionIsTold() {
        Entity written = writing.write(KEY, disturbed(0));

        assertThat(written.version().number()).isEqualTo(1);
        assertThat(written.version().isPending()).isFalse();
        assertThat(response.getHeader("EntityDB-Transaction"))
                .isEqualTo(Long.toString(written.version().transaction()));
    }

    @Test
    void commitThatLostIsMadeAgainOnWhatWon() {
        Entity written = writing.write(KEY, disturbed(3));

        assertThat(runs).hasValue(4);
        assertThat(written.version().number()).isEqualTo(4);
    }

    @Test
    void withoutItTheSameCommitIsAnError() {
        LongSupplier work = disturbed(1);
        TransactionTemplate alone = new TransactionTemplate(store.manager());

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> alone.execute(status -> work.getAsLong()));
    }

    @Test
    void attemptsAreBounded() {
        LongSupplier work = disturbed(Integer.MAX_VALUE);

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> writing.write(KEY, work));
        assertThat(runs).hasValue(Writing.ATTEMPTS);
    }

    @Test
    void conflictThatTheWorkFindsIsFinal() {
        writing.write(KEY, () -> repository.create(KEY, DRAFT));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                writing.write(
                                        KEY,
                                        () -> {
                                            runs.incrementAndGet();
                                            return repository.create(KEY, DRAFT);
                                        }));
        assertThat(runs).hasValue(1);
    }

    @Test
    void writersOfOneEntityQueueUp() throws Exception {
        int writers = 32;
        List<Future<Entity>> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                written.add(threads.submit(() -> writing.write(KEY, disturbed(0))));
            }
        }

        for (Future<Entity> future : written) {
            assertThat(future.get().version().number()).isBetween(1L, (long) writers);
        }
        assertThat(runs).as("every first commit won").hasValue(writers);
        assertThat(repository.find(KEY).orElseThrow().version().number()).isEqualTo(writers);
    }
}

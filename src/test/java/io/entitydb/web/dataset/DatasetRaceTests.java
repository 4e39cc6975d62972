package io.entitydb.web.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.security.Access;
import io.entitydb.security.AuditTrail;
import io.entitydb.transaction.TransactionalStore;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Set;

/** Deletions of a dataset meet writes at the worst moments, one after the other. */
class DatasetRaceTests {

    private static final String NAME = "d";
    private static final EntityKey KEY = new EntityKey(NAME, "x");
    private static final EntityDraft DRAFT = EntityDraft.of(Set.of(), Content.EMPTY);
    private static final Preconditions NONE = new Preconditions(null, null);

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final EntityRepository repository = store.repository();
    private final Datasets datasets = new Datasets(repository);
    private final TransactionTemplate transactions = new TransactionTemplate(store.manager());

    /** Happens within the search for living entities: first before the mark, then after it. */
    private Runnable duringSearch = () -> {};

    private final EntitySearch search =
            (query, page) -> {
                Runnable once = duringSearch;
                duringSearch = () -> {};
                List<Entity> found = repository.find(KEY).stream().toList();
                once.run();
                return new Page<>(found, null, 0, null);
            };

    private final DatasetCommands commands =
            new DatasetCommands(
                    repository,
                    search,
                    new Writing(
                            store.manager(),
                            repository,
                            new TransactionHeader(new MockHttpServletResponse())),
                    new AuditTrail(repository, search, new Access(), JsonMapper.shared()));

    @BeforeEach
    void make() {
        commands.create(NAME);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write() {
        datasets.relyOn(NAME);
        repository.save(KEY, DRAFT);
    }

    private void inOwnTransaction(Runnable work) {
        TransactionTemplate own = new TransactionTemplate(store.manager());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.executeWithoutResult(status -> work.run());
    }

    private void deleteElsewhere() {
        TransactionTemplate outside = new TransactionTemplate(store.manager());
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        outside.executeWithoutResult(status -> commands.delete(NAME, NONE));
    }

    private boolean isClosing() {
        return repository
                .find(Datasets.keyOf(NAME))
                .orElseThrow()
                .tags()
                .containsKey(Datasets.CLOSING);
    }

    @Test
    void writeBegunBeforeTheDeletionCannotCommit() {
        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transactions.executeWithoutResult(
                                        status -> {
                                            write();
                                            deleteElsewhere();
                                        }));

        assertThat(repository.find(KEY)).isEmpty();
        assertThat(repository.find(Datasets.keyOf(NAME))).isEmpty();
    }

    @Test
    void withoutRelyingOnTheDatasetTheSameWriteIsLost() {
        transactions.executeWithoutResult(
                status -> {
                    repository.save(KEY, DRAFT);
                    deleteElsewhere();
                });

        assertThat(repository.find(KEY)).isPresent();
        assertThat(repository.find(Datasets.keyOf(NAME))).isEmpty();
    }

    @Test
    void entityCommittedBeforeTheMarkSavesTheDataset() {
        duringSearch = () -> inOwnTransaction(this::write);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> commands.delete(NAME, NONE))
                .matches(e -> e.problem().type() == ProblemType.DATASET_NOT_EMPTY);

        assertThat(isClosing()).isFalse();
        inOwnTransaction(this::write);
        assertThat(repository.find(KEY).orElseThrow().version().number()).isEqualTo(2);
    }

    @Test
    void writeAfterTheMarkIsRefused() {
        duringSearch =
                () ->
                        duringSearch =
                                () ->
                                        assertThatExceptionOfType(VersionConflictException.class)
                                                .isThrownBy(() -> inOwnTransaction(this::write));

        commands.delete(NAME, NONE);

        assertThat(repository.find(KEY)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> inOwnTransaction(this::write));
    }

    @Test
    void searchThatFailsAfterTheMarkTakesItAway() {
        duringSearch =
                () ->
                        duringSearch =
                                () -> {
                                    throw new SearchUnavailableException("index is being built");
                                };

        assertThatExceptionOfType(SearchUnavailableException.class)
                .isThrownBy(() -> commands.delete(NAME, NONE));

        assertThat(isClosing()).isFalse();
    }

    @Test
    void interruptedDeletionGoesOnWithTheNext() {
        repository.save(
                Datasets.keyOf(NAME),
                EntityDraft.of(Set.of(Datasets.TYPE, Datasets.CLOSING), Content.EMPTY));

        commands.delete(NAME, NONE);

        assertThat(repository.find(Datasets.keyOf(NAME))).isEmpty();
    }

    @Test
    void secondDeletionAtTheSameTimeChangesNothing() {
        duringSearch = () -> duringSearch = this::deleteElsewhere;

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> commands.delete(NAME, NONE));

        assertThat(repository.find(Datasets.keyOf(NAME))).isEmpty();
    }
}

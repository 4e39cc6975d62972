package io.entitydb.web.dataset;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.PageRequest;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and deletes datasets.
 *
 * <p><b>Deleting.</b> Every write to a dataset relies on the version of its entity. A dataset is
 * first marked as closing, which makes a new version: writes that began before cannot commit, and
 * later ones are refused. Only then can it be found empty for good; it is deleted, or the mark is
 * taken away again. A deletion that was interrupted leaves the mark, and the next one goes on from
 * there.
 */
@Service
@RequiredArgsConstructor
class DatasetCommands {

    private static final EntityDraft OPEN = EntityDraft.of(Set.of(Datasets.TYPE), Content.EMPTY);
    private static final EntityDraft CLOSING =
            EntityDraft.of(Set.of(Datasets.TYPE, Datasets.CLOSING), Content.EMPTY);

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Writing writing;
    private final AuditTrail audit;

    /**
     * Makes a dataset.
     *
     * @throws ProblemException if there is one of that name
     */
    Entity create(String name) {
        if (name.equals(Datasets.DEFAULT)) {
            throw exists(name);
        }
        EntityKey key = Datasets.keyOf(name);
        return writing.write(
                key,
                () -> {
                    if (repository.find(key).isPresent()) {
                        throw exists(name);
                    }
                    audit.done(AuditAction.DATASET_CHANGE, name, "created");
                    return repository.create(key, OPEN);
                });
    }

    /**
     * Deletes a dataset that has no living entities.
     *
     * @throws NotFoundException if there is no such dataset
     * @throws ProblemException if it has living entities, or a condition does not hold
     * @throws VersionConflictException if somebody else deletes it, or changes its state, meanwhile
     */
    void delete(String name, Preconditions conditions) {
        if (name.equals(Datasets.DEFAULT)) {
            throw new AccessDeniedException("dataset " + name + " always exists");
        }
        requireEmpty(name);
        long closing = close(name, conditions);
        boolean isEmpty = false;
        try {
            requireEmpty(name);
            isEmpty = true;
        } finally {
            if (!isEmpty) {
                reopen(name, closing);
            }
        }
        EntityKey key = Datasets.keyOf(name);
        writing.write(
                key,
                () -> {
                    requireStill(name, closing);
                    audit.done(AuditAction.DATASET_CHANGE, name, "deleted");
                    return repository.delete(key);
                });
    }

    private long close(String name, Preconditions conditions) {
        EntityKey key = Datasets.keyOf(name);
        Optional<Entity> dataset = repository.find(key);
        if (dataset.isPresent() && dataset.get().tags().containsKey(Datasets.CLOSING)) {
            conditions.check(dataset);
            return dataset.get().version().number();
        }
        return writing.write(
                        key,
                        () -> {
                            Optional<Entity> newest = repository.find(key);
                            conditions.check(newest);
                            if (newest.isEmpty()) {
                                throw NotFoundException.dataset(name);
                            }
                            return repository.save(key, CLOSING);
                        })
                .version()
                .number();
    }

    private void reopen(String name, long closing) {
        EntityKey key = Datasets.keyOf(name);
        writing.write(
                key,
                () -> {
                    requireStill(name, closing);
                    return repository.save(key, OPEN);
                });
    }

    private void requireStill(String name, long version) {
        EntityKey key = Datasets.keyOf(name);
        Entity dataset = repository.find(key).orElseThrow(() -> NotFoundException.dataset(name));
        if (dataset.version().number() != version) {
            throw new VersionConflictException(key, "the dataset was changed meanwhile");
        }
    }

    private void requireEmpty(String name) {
        EntityQuery everything =
                new EntityQuery(
                        name, new Condition.Everything(), EntityQuery.States.ACTIVE, List.of());
        if (!search.search(everything, new PageRequest(1, null, false)).items().isEmpty()) {
            throw new ProblemException(
                    ProblemType.DATASET_NOT_EMPTY, "dataset " + name + " has living entities");
        }
    }

    private static ProblemException exists(String name) {
        return new ProblemException(
                ProblemType.DATASET_EXISTS, "a dataset " + name + " exists already");
    }
}

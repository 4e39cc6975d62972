package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Changes entities, each change in a transaction of its own.
 *
 * <p>Conditions are checked within the transaction; since of two writers of an entity the first
 * wins, they still hold at the commit. All changes throw {@link NotFoundException} if the dataset
 * does not exist.
 */
@Service
@RequiredArgsConstructor
class EntityCommands {

    private final EntityRepository repository;
    private final Datasets datasets;
    private final Writing writing;

    /**
     * Creates an entity.
     *
     * @throws VersionConflictException if a living entity has that key
     */
    Entity create(EntityKey key, EntityDraft draft) {
        return write(key, () -> repository.create(key, draft));
    }

    /**
     * Gives an entity new tags and content, creating it where it is missing or deleted.
     *
     * @throws ProblemException if a condition does not hold
     */
    Put put(EntityKey key, EntityDraft draft, Preconditions conditions) {
        AtomicBoolean isCreated = new AtomicBoolean();
        Entity entity =
                write(
                        key,
                        () -> {
                            Optional<Entity> newest = repository.latest(key);
                            conditions.check(newest);
                            isCreated.set(newest.map(Entity::isDeleted).orElse(true));
                            return repository.save(key, draft);
                        });
        return new Put(entity, isCreated.get());
    }

    /**
     * Gives an entity tags and content that follow from those it has.
     *
     * @throws NotFoundException if no living entity has that key
     * @throws ProblemException if a condition does not hold
     */
    Entity change(EntityKey key, Function<Entity, EntityDraft> change, Preconditions conditions) {
        return write(
                key,
                () -> {
                    Entity present = living(key, conditions);
                    return repository.save(key, change.apply(present));
                });
    }

    /**
     * Deletes an entity; its history stays.
     *
     * @throws NotFoundException if no living entity has that key
     * @throws ProblemException if a condition does not hold
     */
    Entity delete(EntityKey key, Preconditions conditions) {
        return write(
                key,
                () -> {
                    living(key, conditions);
                    return repository.delete(key);
                });
    }

    /**
     * Brings a deleted entity back as it stood before its deletion.
     *
     * @throws NotFoundException if the entity never existed
     * @throws VersionConflictException if the entity is not deleted
     * @throws ProblemException if a condition does not hold
     */
    Entity restore(EntityKey key, Preconditions conditions) {
        return write(
                key,
                () -> {
                    conditions.check(repository.latest(key));
                    return repository.restore(key);
                });
    }

    private Entity write(EntityKey key, LongSupplier work) {
        return writing.write(
                key,
                () -> {
                    datasets.relyOn(key.dataset());
                    return work.getAsLong();
                });
    }

    private Entity living(EntityKey key, Preconditions conditions) {
        Optional<Entity> newest = repository.latest(key);
        conditions.check(newest);
        Entity entity = newest.orElseThrow(() -> NotFoundException.missing(key));
        if (entity.isDeleted()) {
            throw NotFoundException.gone(entity);
        }
        return entity;
    }

    /**
     * What a put did.
     *
     * @param entity the entity
     * @param isCreated whether there was none before
     */
    record Put(Entity entity, boolean isCreated) {}
}

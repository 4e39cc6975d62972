package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Written;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.function.Function;

/**
 * The changes that clients may make to an entity, each within the present transaction.
 *
 * <p>Conditions are checked on the snapshot of the transaction; since of two writers of an entity
 * the first wins, they still hold at the commit. All changes throw {@link NotFoundException} if the
 * dataset does not exist.
 */
@Component
@RequiredArgsConstructor
public class EntityChanges {

    private final EntityRepository repository;
    private final Datasets datasets;

    /**
     * Creates an entity.
     *
     * @throws VersionConflictException if a living entity has that key
     */
    public Written create(EntityKey key, EntityDraft draft) {
        datasets.relyOn(key.dataset());
        return new Written(key, repository.create(key, draft), HttpStatus.CREATED);
    }

    /**
     * Gives an entity new tags and content, creating it where it is missing or deleted.
     *
     * @throws ProblemException if a condition does not hold
     */
    public Written put(EntityKey key, EntityDraft draft, Preconditions conditions) {
        datasets.relyOn(key.dataset());
        Optional<Entity> newest = repository.latest(key);
        conditions.check(newest);
        boolean isCreated = newest.map(Entity::isDeleted).orElse(true);
        return new Written(
                key, repository.save(key, draft), isCreated ? HttpStatus.CREATED : HttpStatus.OK);
    }

    /**
     * Gives an entity tags and content that follow from those it has.
     *
     * @throws NotFoundException if no living entity has that key
     * @throws ProblemException if a condition does not hold
     */
    public Written change(
            EntityKey key, Function<Entity, EntityDraft> change, Preconditions conditions) {
        datasets.relyOn(key.dataset());
        Entity present = living(key, conditions);
        return new Written(key, repository.save(key, change.apply(present)), HttpStatus.OK);
    }

    /**
     * Deletes an entity; its history stays.
     *
     * @throws NotFoundException if no living entity has that key
     * @throws ProblemException if a condition does not hold
     */
    public Written delete(EntityKey key, Preconditions conditions) {
        datasets.relyOn(key.dataset());
        living(key, conditions);
        return new Written(key, repository.delete(key), HttpStatus.NO_CONTENT);
    }

    /**
     * Brings a deleted entity back as it stood before its deletion.
     *
     * @throws NotFoundException if the entity never existed
     * @throws VersionConflictException if the entity is not deleted
     * @throws ProblemException if a condition does not hold
     */
    public Written restore(EntityKey key, Preconditions conditions) {
        datasets.relyOn(key.dataset());
        conditions.check(repository.latest(key));
        return new Written(key, repository.restore(key), HttpStatus.OK);
    }

    /**
     * Changes nothing, but makes the transaction depend on the entity: it commits only if the
     * newest version is the same until then.
     *
     * @throws ProblemException if a condition does not hold
     */
    public Written expect(EntityKey key, Preconditions conditions) {
        datasets.relyOn(key.dataset());
        Optional<Entity> newest = repository.latest(key);
        conditions.check(newest);
        long version = newest.map(entity -> entity.version().number()).orElse(0L);
        repository.expect(key, version);
        return new Written(key, version, HttpStatus.OK);
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
}

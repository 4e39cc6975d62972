package io.entitydb.web.dataset;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.security.SystemRecords;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

/**
 * Which datasets there are.
 *
 * <p>A dataset is an entity of the reserved dataset {@value #SYSTEM}. The dataset {@value #DEFAULT}
 * always exists and has no entity.
 */
@Component
@RequiredArgsConstructor
public final class Datasets {

    /** The dataset that is always there. */
    public static final String DEFAULT = "default";

    /** The dataset that holds what the service itself needs. */
    public static final String SYSTEM = SystemRecords.DATASET;

    /** What marks the entity of a dataset. */
    static final Tag TYPE = Tag.parse("type:dataset");

    /** What marks a dataset that is being deleted. */
    static final Tag CLOSING = Tag.parse("state:closing");

    private static final String ID_PREFIX = "dataset/";

    private final EntityRepository repository;

    /** The entity that stands for a dataset. */
    static EntityKey keyOf(String name) {
        return new EntityKey(SYSTEM, ID_PREFIX + name);
    }

    /** Whether an entity stands for a dataset. */
    public static boolean isDataset(EntityKey key) {
        return key.dataset().equals(SYSTEM) && key.id().startsWith(ID_PREFIX);
    }

    /** The name of the dataset that an entity stands for. */
    public static String nameOf(Entity dataset) {
        return dataset.key().id().substring(ID_PREFIX.length());
    }

    /**
     * The key of an entity that a path names.
     *
     * @throws InvalidQueryException naming the part of the path that has not the shape
     * @throws AccessDeniedException if the dataset is reserved
     */
    public static EntityKey entityKey(String dataset, String id) {
        requireOpen(dataset);
        try {
            return new EntityKey(dataset, id);
        } catch (InvalidEntityException e) {
            throw new InvalidQueryException("id", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Checks the name of a dataset that a path names.
     *
     * @throws InvalidQueryException if it has not the shape
     * @throws AccessDeniedException if the dataset is reserved
     */
    public static void requireOpen(String name) {
        try {
            EntityKey.requireDataset(name);
        } catch (InvalidEntityException e) {
            throw new InvalidQueryException("dataset", String.valueOf(e.getMessage()));
        }
        if (isReserved(name)) {
            throw new AccessDeniedException("dataset " + SYSTEM + " is reserved");
        }
    }

    /**
     * Whether a dataset is the service's own: it is reachable through its own resources only, and
     * shows in no list, feed or export.
     */
    public static boolean isReserved(String name) {
        return name.equals(SYSTEM);
    }

    /**
     * Makes the present transaction depend on the dataset: it commits only if the dataset is there
     * and stays as it is until then.
     *
     * @throws NotFoundException if there is no such dataset
     * @throws VersionConflictException if it is being deleted
     */
    public void relyOn(String name) {
        if (name.equals(DEFAULT)) {
            return;
        }
        EntityKey key = keyOf(name);
        Entity dataset = repository.find(key).orElseThrow(() -> NotFoundException.dataset(name));
        if (dataset.tags().containsKey(CLOSING)) {
            throw new VersionConflictException(key, "the dataset is being deleted");
        }
        repository.expect(key, dataset.version().number());
    }

    /**
     * Checks that there is such a dataset; for the past, that there ever was: what a deleted one
     * held can still be read.
     *
     * @throws NotFoundException if there is not
     */
    public void requireReadable(String name, boolean isPast) {
        if (!isPast) {
            requirePresent(name);
        } else if (!name.equals(DEFAULT) && repository.latest(keyOf(name)).isEmpty()) {
            throw NotFoundException.dataset(name);
        }
    }

    /**
     * Checks that there is such a dataset.
     *
     * @throws NotFoundException if there is not
     */
    public void requirePresent(String name) {
        if (!name.equals(DEFAULT) && repository.find(keyOf(name)).isEmpty()) {
            throw NotFoundException.dataset(name);
        }
    }
}

package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.idempotency.IdempotentWriting;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes entities, each change in a transaction of its own; errors as {@link EntityChanges}. A
 * request that was made before under the same key is answered from the version that it made.
 */
@Service
@RequiredArgsConstructor
class EntityCommands {

    private final EntityChanges changes;
    private final IdempotentWriting idempotent;
    private final Writing writing;

    /** Creates an entity. */
    Entity create(EntityKey key, EntityDraft draft) {
        return write(key, () -> changes.create(key, draft)).entity();
    }

    /** Gives an entity new tags and content, creating it where it is missing or deleted. */
    Put put(EntityKey key, EntityDraft draft, Preconditions conditions) {
        return write(key, () -> changes.put(key, draft, conditions));
    }

    /** Gives an entity tags and content that follow from those it has. */
    Entity change(EntityKey key, Function<Entity, EntityDraft> change, Preconditions conditions) {
        return write(key, () -> changes.change(key, change, conditions)).entity();
    }

    /** Deletes an entity; its history stays. */
    Entity delete(EntityKey key, Preconditions conditions) {
        return write(key, () -> changes.delete(key, conditions)).entity();
    }

    /** Brings a deleted entity back as it stood before its deletion. */
    Entity restore(EntityKey key, Preconditions conditions) {
        return write(key, () -> changes.restore(key, conditions)).entity();
    }

    private Put write(EntityKey key, Supplier<Written> work) {
        IdempotentWriting.Outcome outcome =
                idempotent.write(List.of(key), () -> List.of(work.get()));
        Written written = outcome.made().getFirst();
        Entity entity = writing.committed(written.key(), written.version());
        if (outcome.isReplayed() && entity.isErased()) {
            throw NotFoundException.erased(written.key());
        }
        return new Put(entity, written.status() == HttpStatus.CREATED);
    }

    /**
     * What a put did.
     *
     * @param entity the entity
     * @param isCreated whether there was none before
     */
    record Put(Entity entity, boolean isCreated) {}
}

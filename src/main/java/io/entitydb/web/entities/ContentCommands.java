package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.security.Access;
import io.entitydb.security.Presence;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Receives contents and gives them to entities, which keep their tags. */
@Service
@RequiredArgsConstructor
class ContentCommands {

    private final EntityRepository repository;
    private final Datasets datasets;
    private final Reading reading;
    private final Writing writing;
    private final Access access;

    /** Takes a content from a client. */
    @FunctionalInterface
    interface Receiving {
        Content receive(ContentUpload upload) throws IOException;
    }

    /**
     * Gives an entity a content, creating it where it is missing or deleted. What cannot succeed is
     * refused before anything is received.
     *
     * @param receiving takes the content from the client; what it throws leaves nothing behind
     * @throws NotFoundException if the dataset does not exist
     * @throws IOException if the content does not arrive
     * @throws ProblemException if a condition does not hold, before or after it was received
     */
    EntityCommands.Put put(EntityKey key, Preconditions conditions, Receiving receiving)
            throws IOException {
        Presence presence = access.presence();
        reading.read(
                () -> {
                    datasets.requirePresent(key.dataset());
                    conditions.check(repository.latest(key));
                    return key;
                });
        try (ContentUpload upload = repository.upload(key)) {
            Content content = receiving.receive(upload);
            presence.requireNowAndThen();
            return save(key, content, conditions);
        }
    }

    private EntityCommands.Put save(EntityKey key, Content content, Preconditions conditions) {
        AtomicBoolean isCreated = new AtomicBoolean();
        Entity entity =
                writing.write(
                        key,
                        () -> {
                            datasets.relyOn(key.dataset());
                            Optional<Entity> newest = repository.latest(key);
                            conditions.check(newest);
                            Optional<Entity> living = newest.filter(found -> !found.isDeleted());
                            isCreated.set(living.isEmpty());
                            return repository.save(
                                    key,
                                    EntityDraft.of(
                                            living.map(found -> found.tags().keySet())
                                                    .orElse(Set.of()),
                                            content));
                        });
        return new EntityCommands.Put(entity, isCreated.get());
    }
}

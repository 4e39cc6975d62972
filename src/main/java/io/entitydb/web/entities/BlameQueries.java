package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who set each part of an entity.
 *
 * <p>A tag keeps the instant at which it was asserted for as long as it stays, so the version that
 * asserted it is the one in force at that instant: a search for each instant, however long the
 * history is. The content says nothing of the kind, see {@link ContentOrigin}.
 */
@Service
@RequiredArgsConstructor
class BlameQueries {

    /** Versions that are read to find where the content comes from. */
    static final int MAX_VERSIONS = 10_000;

    private final EntityRepository repository;
    private final EntityQueries entities;

    /**
     * The origins of the parts of an entity.
     *
     * @param asOf null for the present
     * @throws NotFoundException if there is no living entity at that point
     */
    BlameDocument blame(EntityKey key, @Nullable AsOf asOf) {
        return entities.about(key, asOf, this::blame);
    }

    private BlameDocument blame(Entity entity) {
        Map<Timestamp, BlameDocument.Origin> known = new HashMap<>();
        Map<String, BlameDocument.Origin> tags = new LinkedHashMap<>();
        for (Map.Entry<Tag, Timestamp> tag : entity.tags().entrySet()) {
            tags.put(
                    tag.getKey().toString(),
                    known.computeIfAbsent(tag.getValue(), at -> origin(entity, at)));
        }
        return new BlameDocument(
                entity.key().id(),
                entity.key().dataset(),
                entity.version().number(),
                tags,
                ContentOrigin.of(entity, repository, MAX_VERSIONS));
    }

    private BlameDocument.Origin origin(Entity entity, Timestamp at) {
        if (entity.version().at().equals(at)) {
            return BlameDocument.Origin.of(entity);
        }
        return asserting(entity, at)
                .map(BlameDocument.Origin::of)
                .orElseGet(() -> BlameDocument.Origin.lost(at.toString()));
    }

    /** The version of a commit time, if it is kept. */
    private Optional<Entity> asserting(Entity entity, Timestamp at) {
        try {
            return repository
                    .find(entity.key(), new AsOf.AtInstant(at))
                    .filter(found -> found.version().at().equals(at));
        } catch (NotFoundException e) {
            // It was removed; the time that it gave to the tag is still known.
            return Optional.empty();
        }
    }
}

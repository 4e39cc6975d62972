package io.entitydb.web.idempotency;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.security.SystemRecords;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The records of requests that were made, each a version of an entity of the reserved dataset.
 *
 * <p>A digest of a key has a bucket, and a bucket has numbered places: the first is tried first. A
 * place whose record has expired takes the next new record, so the number of entities is bounded by
 * the most keys that were alive at once, and nothing has to be cleared away. Places behind the
 * first one that never held anything hold nothing.
 */
@RequiredArgsConstructor
final class IdempotencyRecords {

    /** How long a record counts. */
    static final Duration LIFETIME = Duration.ofHours(24);

    /**
     * Hexadecimal digits of a bucket: with a million keys a day, a place is found after some
     * fifteen reads.
     */
    private static final int BUCKET_DIGITS = 4;

    private static final String ID_PREFIX = "idempotency/";

    private final EntityRepository repository;
    private final JsonMapper json;
    private final Clock clock;

    /**
     * Where a request's record is, or may be put.
     *
     * @param key the entity
     * @param record the record; null if the request was not made, or too long ago
     */
    record Place(EntityKey key, @Nullable IdempotencyRecord record) {}

    /** All requests of one bucket queue up at this entity before they look for their place. */
    EntityKey queueOf(IdempotentRequest request) {
        return place(request, 0);
    }

    /** The place of a request, as the present transaction sees it. */
    Place find(IdempotentRequest request) {
        EntityKey free = null;
        for (int number = 0; ; number++) {
            EntityKey key = place(request, number);
            Optional<Entity> found = repository.latest(key);
            if (found.isEmpty()) {
                return new Place(free == null ? key : free, null);
            }
            IdempotencyRecord record = alive(found.get());
            if (record == null) {
                free = free == null ? key : free;
            } else if (record.key().equals(request.key().toString())) {
                return new Place(key, record);
            }
        }
    }

    /** Puts a record into its place, within the present transaction. */
    void write(Place place, IdempotencyRecord record) {
        repository.save(place.key(), SystemRecords.draft(json, record));
    }

    private @Nullable IdempotencyRecord alive(Entity entity) {
        Instant end = entity.version().at().toInstant().plus(LIFETIME);
        return entity.isDeleted() || !clock.instant().isBefore(end)
                ? null
                : SystemRecords.read(json, entity, IdempotencyRecord.class);
    }

    private static EntityKey place(IdempotentRequest request, int number) {
        String bucket = request.key().toString().substring(0, BUCKET_DIGITS);
        return SystemRecords.key(ID_PREFIX + bucket + "/" + number);
    }
}

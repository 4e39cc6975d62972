package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;

/**
 * What a {@link VersionWitness} is told of a version.
 *
 * @param key the entity
 * @param number number of the version
 * @param sequence its transaction
 * @param createdAt when the entity's present life began, in nanoseconds since 1970
 * @param isErased whether its facts were destroyed
 */
public record WitnessedVersion(
        EntityKey key, long number, long sequence, long createdAt, boolean isErased) {}

package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;

/**
 * An entity that a finding concerns.
 *
 * @param key its name
 * @param isProven whether intact bytes say so; otherwise the name was read from damaged ones
 */
public record ConcernedEntity(EntityKey key, boolean isProven) {}

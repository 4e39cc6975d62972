package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * Who set each part of an entity, and when.
 *
 * @param id the entity
 * @param dataset its dataset
 * @param version the version of which the parts are told
 * @param tags each of its tags with its origin
 * @param content the origin of its content
 */
public record Blame(
        String id, String dataset, long version, Map<String, Origin> tags, Origin content) {

    /**
     * The version since which a part is there without a break.
     *
     * @param version its number; null if it cannot be found any more, and so below
     * @param transaction that wrote it
     * @param at its commit time
     * @param principal who wrote it
     * @param orEarlier true if the part may be older, else null
     */
    public record Origin(
            @Nullable Long version,
            @Nullable Long transaction,
            Instant at,
            @Nullable String principal,
            @Nullable Boolean orEarlier) {}
}

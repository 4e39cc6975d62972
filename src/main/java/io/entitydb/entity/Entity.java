package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import java.util.SortedMap;

/**
 * An entity as it stood right after one of its versions.
 *
 * <p>A deleted entity is its tombstone: no tags, empty content. So is an erased version.
 *
 * @param key its name
 * @param version the version that it shows
 * @param createdAt commit time of the version that began its present life
 * @param createdBy who began its present life
 * @param tags each tag with the commit time at which it was asserted, ordered by tag
 * @param content its content
 */
public record Entity(
        EntityKey key,
        Version version,
        Timestamp createdAt,
        String createdBy,
        SortedMap<Tag, Timestamp> tags,
        Content content) {

    /** Most tags that an entity may carry. */
    public static final int MAX_TAGS = 1000;

    /** Copies the tags, in their natural order whatever the given one. */
    public Entity {
        tags = SortedTags.copyOf(tags);
    }

    /** Whether this is a tombstone, or an erased version. */
    public boolean isDeleted() {
        return version.kind() == ChangeKind.DELETE || isErased();
    }

    /** Whether what the version held was erased. */
    public boolean isErased() {
        return version.kind() == ChangeKind.ERASED;
    }
}

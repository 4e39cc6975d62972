package io.entitydb.web.changes;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.security.Permissions;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which changes a feed tells.
 *
 * <p><b>Tags.</b> A change matches if the version that it made has all of the tags, or the version
 * before it had: so a client that follows a tag also learns that an entity lost it, or was deleted.
 * What was erased matches any tags, because nobody knows which it had; so does what cannot be
 * compared because the version before was removed or lost.
 *
 * @param dataset the only dataset that is told of; null for all
 * @param tags what the entity has to carry, before or after the change
 * @param viewer who is told: of the datasets that they may view
 */
record ChangeFilter(@Nullable String dataset, Set<Tag> tags, Permissions viewer) {

    /** Most tags: each is looked for in every change. */
    static final int MAX_TAGS = 100;

    /** Copies the tags. */
    ChangeFilter {
        tags = Set.copyOf(tags);
    }

    /**
     * The filter that parameters say.
     *
     * @throws InvalidQueryException naming the parameter with a wrong value
     */
    static ChangeFilter of(@Nullable String dataset, List<String> tags, Permissions viewer) {
        if (tags.size() > MAX_TAGS) {
            throw new InvalidQueryException("tag", "a feed has at most " + MAX_TAGS + " tags");
        }
        Set<Tag> parsed = new LinkedHashSet<>();
        for (String text : tags) {
            try {
                parsed.add(Tag.parse(text));
            } catch (InvalidEntityException e) {
                throw new InvalidQueryException("tag", String.valueOf(e.getMessage()));
            }
        }
        return new ChangeFilter(dataset, parsed, viewer);
    }

    /** Whether whoever is told may view all datasets. */
    boolean isForAll() {
        return viewer.allow(Right.ENTITY_VIEW, null);
    }

    /** Whether changes of the entity may be told at all. */
    boolean covers(EntityKey key) {
        return !Datasets.isReserved(key.dataset())
                && (dataset == null || dataset.equals(key.dataset()))
                && viewer.allow(Right.ENTITY_VIEW, key.dataset());
    }

    /**
     * Whether a version is told.
     *
     * @param before the version before it; asked for only if it decides
     */
    boolean matches(Entity version, Supplier<Optional<Entity>> before) {
        if (!covers(version.key())) {
            return false;
        }
        if (tags.isEmpty() || version.isErased() || carries(version)) {
            return true;
        }
        return version.version().number() > 1 && before.get().map(this::carries).orElse(true);
    }

    private boolean carries(Entity version) {
        return version.tags().keySet().containsAll(tags);
    }
}

package io.entitydb.entity;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tags and content that a new version shall have.
 *
 * @param tags at most {@value Entity#MAX_TAGS}
 * @param content the whole content
 */
public record EntityDraft(SortedSet<Tag> tags, Content content) {

    /** Copies the tags, in their natural order whatever the given one, and refuses too many. */
    public EntityDraft {
        if (tags.size() > Entity.MAX_TAGS) {
            throw new InvalidEntityException(
                    "/tags", "an entity has at most " + Entity.MAX_TAGS + " tags");
        }
        SortedSet<Tag> copy = new TreeSet<>();
        copy.addAll(tags);
        tags = Collections.unmodifiableSortedSet(copy);
    }

    /** A draft of any set of tags. */
    public static EntityDraft of(Set<Tag> tags, Content content) {
        return new EntityDraft(new TreeSet<>(tags), content);
    }
}

package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import java.util.Set;

/** What a scripted transaction does to one entity. */
sealed interface Change {

    /** The entity. */
    EntityKey key();

    /** Gives it tags and a content. */
    record Put(EntityKey key, Set<Tag> tags, Content content) implements Change {
        public Put {
            tags = Set.copyOf(tags);
        }
    }

    /** Ends its life. */
    record Delete(EntityKey key) implements Change {}

    /** Brings it back as it was. */
    record Restore(EntityKey key) implements Change {}
}

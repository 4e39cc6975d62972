package io.entitydb.storage;

import io.entitydb.entity.EntityDraft;

/** What shall become of an entity. */
sealed interface Write {

    /** New tags and content. */
    record Put(EntityDraft draft) implements Write {}

    /** No more. */
    record Delete() implements Write {}

    /**
     * What it was.
     *
     * @param before the version before its deletion
     */
    record Restore(Base before) implements Write {}
}

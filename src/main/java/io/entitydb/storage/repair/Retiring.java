package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.log.VersionRecord;

/**
 * Decides which versions a compaction leaves out. Of an entity these are the oldest ones, never the
 * newest.
 */
@FunctionalInterface
public interface Retiring {

    /** Leaves nothing out. */
    Retiring NONE = (key, version) -> false;

    /** Whether a version is left out. */
    boolean isRetired(EntityKey key, VersionRecord version);
}

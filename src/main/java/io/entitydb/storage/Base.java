package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

/**
 * The version that a new one is made from.
 *
 * @param record its record
 * @param entity what the record says
 */
record Base(VersionRecord record, Entity entity) {

    static Base of(VersionRecord record, OpenStore store) {
        return new Base(record, record.toEntity(store.reader()));
    }

    /** Number of the version that follows; 1 if there is none before. */
    static long numberAfter(@Nullable Base base) {
        return base == null ? 1 : base.record().number() + 1;
    }
}

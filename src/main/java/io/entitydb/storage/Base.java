package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

/**
 * The version that a new one is made from.
 *
 * @param record its record, which need not hold the content
 * @param reader reads the rest when it is asked for
 */
record Base(VersionRecord record, Reader reader) {

    static Base of(VersionRecord record, OpenStore store) {
        return new Base(record, store.reader());
    }

    /** All that the version says. */
    Entity entity() {
        return record.toEntity(reader);
    }

    boolean isDeleted() {
        return !record.isLiving();
    }

    /** Number of the version that follows; 1 if there is none before. */
    static long numberAfter(@Nullable Base base) {
        return base == null ? 1 : base.record().number() + 1;
    }
}

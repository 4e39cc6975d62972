package io.entitydb.cli;

import io.entitydb.security.SystemRecords;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.error.RecoveryFailedException;

/**
 * Whether a store has a dataset. One that was made is an entity of the service's own dataset; the
 * one called {@code default} is always there.
 */
final class DatasetCheck {

    private static final String DEFAULT = "default";

    private DatasetCheck() {}

    /**
     * Requires a dataset.
     *
     * @throws RecoveryFailedException if there is none of that name
     */
    static void require(Snapshot snapshot, String name) {
        boolean isThere =
                name.equals(DEFAULT)
                        || snapshot.latest(SystemRecords.key("dataset/" + name))
                                .filter(entity -> !entity.isDeleted())
                                .isPresent();
        if (!isThere) {
            throw new RecoveryFailedException("the store has no dataset " + name);
        }
    }
}

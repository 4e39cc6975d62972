package io.entitydb.transaction;

import io.entitydb.entity.EntityRepositoryContract;
import io.entitydb.entity.EntityStore;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.SimulatedDisk;

/** The repository over the engine on a simulated disk. */
class SimulatedEntityRepositoryTests extends EntityRepositoryContract {

    @Override
    protected EntityStore open() {
        return TransactionalStore.over(
                StorageEngine.over(
                        new SimulatedDisk(42), StorageOptions.defaults(), StorageObserver.NONE));
    }
}

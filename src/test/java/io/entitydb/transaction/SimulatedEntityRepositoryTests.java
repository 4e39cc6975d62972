package io.entitydb.transaction;

import io.entitydb.entity.EntityRepositoryContract;
import io.entitydb.entity.EntityStore;
import io.entitydb.storage.io.SimulatedDisk;

/** The repository over the engine on a simulated disk. */
class SimulatedEntityRepositoryTests extends EntityRepositoryContract {

    @Override
    protected EntityStore open() {
        return TransactionalStore.over(TransactionalStore.smallEngine(new SimulatedDisk(42)));
    }
}

package io.entitydb.transaction;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.io.SimulatedDisk;

/** Spring's transactions over the engine. */
class EngineTransactionTests extends SpringTransactionContract {

    @Override
    StorageEngine engine() {
        return TransactionalStore.smallEngine(new SimulatedDisk(42));
    }
}

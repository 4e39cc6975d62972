package io.entitydb.transaction;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.SimulatedDisk;

/** Spring's transactions over the engine. */
class EngineTransactionTests extends SpringTransactionContract {

    @Override
    StorageEngine engine() {
        return StorageEngine.over(
                new SimulatedDisk(42), StorageOptions.defaults(), StorageObserver.NONE);
    }
}

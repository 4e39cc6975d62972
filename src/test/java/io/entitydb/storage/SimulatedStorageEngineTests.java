package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.SimulatedDisk;

/** The engine over the simulated disk. */
class SimulatedStorageEngineTests extends StorageEngineContract {

    @Override
    protected Disk newDisk() {
        return new SimulatedDisk(42);
    }
}

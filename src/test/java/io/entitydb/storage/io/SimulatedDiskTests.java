package io.entitydb.storage.io;

/** The disk in memory does what every disk does; its power loss takes all that it may. */
class SimulatedDiskTests extends DiskContract {

    @Override
    Disk missing() {
        return SimulatedDisk.withoutDirectory(1);
    }

    @Override
    Disk afterPowerLoss(Disk before) {
        return WorstCase.of((SimulatedDisk) before);
    }
}

package io.entitydb.storage.io;

/** The state of a disk after power loss in which nothing is left but what was forced. */
final class WorstCase {

    private WorstCase() {}

    static SimulatedDisk of(SimulatedDisk disk) {
        return disk.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
    }
}

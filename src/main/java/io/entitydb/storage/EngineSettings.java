package io.entitydb.storage;

import io.entitydb.storage.io.Disk;

/**
 * What all parts of an engine share.
 *
 * @param disk the data directory
 * @param options how the store is run
 * @param observer where it counts
 * @param crew its threads
 */
record EngineSettings(Disk disk, StorageOptions options, StorageObserver observer, Crew crew) {}

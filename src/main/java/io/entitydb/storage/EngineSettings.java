package io.entitydb.storage;

import io.entitydb.storage.io.Disk;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What all parts of an engine share.
 *
 * @param disk the data directory
 * @param options how the store is run
 * @param observer where it counts
 * @param crew its threads
 * @param precedence what its commits give way to
 */
record EngineSettings(
        Disk disk,
        StorageOptions options,
        StorageObserver observer,
        Crew crew,
        AtomicReference<Precedence> precedence) {

    /** Settings of an engine whose commits give way to nothing yet. */
    EngineSettings(Disk disk, StorageOptions options, StorageObserver observer, Crew crew) {
        this(disk, options, observer, crew, new AtomicReference<>(Precedence.NONE));
    }
}

package io.entitydb.transaction;

import io.entitydb.entity.ChangeLog;
import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import java.time.Duration;

/** The log of the engine; {@link LogWatcher} rings when it has grown. */
@RequiredArgsConstructor
final class EngineChangeLog implements ChangeLog {

    private final StorageEngine engine;
    private final ChangeBell bell;

    @Override
    public History history() {
        return engine.log();
    }

    @Override
    public long mark() {
        return bell.rings();
    }

    @Override
    public boolean awaitAfter(long mark, Duration patience) throws InterruptedException {
        return bell.awaitAfter(mark, patience);
    }

    @Override
    public void wake() {
        bell.ring();
    }
}

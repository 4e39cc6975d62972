package io.entitydb.storage.config;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.StorageException;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;

/**
 * Opens the store with the application and closes it.
 *
 * <p>Opening happens on a thread of its own, so that health answers during a long recovery. A store
 * that cannot be opened is reported once and does not end the process: its health and its documents
 * are what an operator needs to cure it.
 */
@Slf4j
@RequiredArgsConstructor
final class StoreLifecycle implements SmartLifecycle {

    /**
     * Before all that uses the store, and, since stopping goes the other way round, after it: the
     * web server has answered its last request and search has stopped when the store is closed.
     */
    static final int PHASE = Integer.MIN_VALUE / 2;

    private final StorageEngine engine;
    private final String directory;

    private volatile @Nullable Thread opening;

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return opening != null;
    }

    @Override
    public void start() {
        if (opening == null) {
            opening = Thread.ofPlatform().daemon().name("entitydb-open").start(this::open);
        }
    }

    /**
     * Closes the store on another thread. Spring waits for it as long as {@code
     * spring.lifecycle.timeout-per-shutdown-phase} says; a process that ends before leaves a store
     * that the next start recovers.
     */
    @Override
    public void stop(Runnable callback) {
        Thread.ofPlatform()
                .name("entitydb-close")
                .start(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        });
    }

    /** Waits for an opening that has begun, then closes the store. */
    @Override
    public void stop() {
        Thread started = opening;
        if (started == null) {
            return;
        }
        try {
            started.join();
            engine.close();
            log.info("store closed");
        } catch (StorageException e) {
            log.atError()
                    .addKeyValue("code", e.code())
                    .setCause(e)
                    .log("store closed with an error; the next start recovers it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("store left open: interrupted while it was being opened");
        } finally {
            opening = null;
        }
    }

    private void open() {
        try {
            engine.open();
            reportOpened(engine.status());
        } catch (StorageException e) {
            OpeningReport report = OpeningReport.of(e, directory);
            log.atError()
                    .addKeyValue("code", e.code())
                    .setCause(e.getCause())
                    .addArgument(report.found())
                    .addArgument(report.action())
                    .log("store not opened. Found: {}. Action: {}");
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("store not opened: unexpected error");
        }
    }

    private void reportOpened(EngineStatus status) {
        RecoveryReport recovery = status.recovery();
        if (recovery != null) {
            log.atInfo()
                    .addKeyValue("state", status.state().label())
                    .addKeyValue("outcome", recovery.outcome())
                    .addKeyValue("generation", recovery.headerGeneration())
                    .addKeyValue("validSlots", recovery.validSlots())
                    .addKeyValue("indexRebuilt", recovery.isIndexRebuilt())
                    .addKeyValue("replayedTransactions", recovery.replayedTransactions())
                    .addKeyValue("replayedBytes", recovery.replayedBytes())
                    .addKeyValue("discardedBytes", recovery.discardedBytes())
                    .addKeyValue("tailSettled", recovery.isTailSettled())
                    .addKeyValue("sequence", status.durableSequence())
                    .addKeyValue("entities", status.writer().entityCount())
                    .addKeyValue("millis", Duration.ofNanos(recovery.nanos()).toMillis())
                    .log("store opened");
        }
        if (status.state() instanceof StoreState.ReadOnly readOnly) {
            OpeningReport report = OpeningReport.of(readOnly, directory);
            log.atWarn()
                    .addKeyValue("reason", readOnly.reason().label())
                    .addArgument(report.found())
                    .addArgument(report.action())
                    .log("store is read-only. Found: {}. Action: {}");
        }
    }
}

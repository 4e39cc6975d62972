package io.entitydb.storage.config;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageObserver;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

/** Logs the rare events of a running store that an operator must know of, and passes all on. */
@Slf4j
@RequiredArgsConstructor
final class LoggedEvents implements StorageObserver {

    private final StorageObserver next;

    @Override
    public void appended(long bytes) {
        next.appended(bytes);
    }

    @Override
    public void extended(long bytes) {
        next.extended(bytes);
    }

    @Override
    public void forced(boolean isDone, long nanos) {
        if (!isDone) {
            log.atError()
                    .log(
                            "force of the log failed: no writes are taken until the store is opened"
                                    + " again; check the device");
        }
        next.forced(isDone, nanos);
    }

    @Override
    public void batchCommitted(int transactions) {
        next.batchCommitted(transactions);
    }

    @Override
    public void commitAnswered(CommitResult result, long nanos) {
        next.commitAnswered(result, nanos);
    }

    @Override
    public void read(ReadResult result) {
        next.read(result);
    }

    @Override
    public void clockRegressed(long nanos) {
        next.clockRegressed(nanos);
    }

    @Override
    public void corruptionFound(String section, long position) {
        next.corruptionFound(section, position);
    }

    @Override
    public void checkpointed(boolean isDone, long nanos) {
        if (!isDone) {
            log.atWarn().log("checkpoint failed: the next opening reads more of the log");
        }
        next.checkpointed(isDone, nanos);
    }

    @Override
    public void recovered(RecoveryReport report) {
        next.recovered(report);
    }

    @Override
    public void reopened(boolean isDone, int attempt) {
        if (isDone) {
            log.atWarn()
                    .addKeyValue("attempt", attempt)
                    .log("store opened again after a failed write or force");
        } else {
            log.atError()
                    .addKeyValue("attempt", attempt)
                    .log("store not opened again after a failed write or force");
        }
        next.reopened(isDone, attempt);
    }
}

package io.entitydb.backup;

import io.entitydb.entity.StoreBackups;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.scheduling.support.CronTrigger;

import java.time.ZoneOffset;

/**
 * Makes backups when they are due, on one thread, and ends the one that is being made when the
 * service stops: before the store is closed.
 */
@Slf4j
@RequiredArgsConstructor
final class BackupLifecycle implements SmartLifecycle {

    static final int PHASE = 0;

    private final Backups backups;
    private final @Nullable CronExpression schedule;
    private @Nullable ThreadPoolTaskScheduler scheduler;

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public synchronized void start() {
        if (!backups.isOn() || scheduler != null) {
            return;
        }
        backups.open();
        ThreadPoolTaskScheduler started = new ThreadPoolTaskScheduler();
        started.setThreadNamePrefix("entitydb-backup-");
        started.setDaemon(true);
        started.initialize();
        started.execute(this::begin);
        if (schedule != null) {
            var _ =
                    started.schedule(
                            this::make, new CronTrigger(schedule.toString(), ZoneOffset.UTC));
        }
        scheduler = started;
    }

    /** A directory that hangs or is missing does not keep the service from starting. */
    private void begin() {
        try {
            backups.begin();
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("code", e.code())
                    .setCause(e)
                    .log("directory for backups cannot be read");
        }
    }

    private void make() {
        try {
            StoreBackups.Made made = backups.make(false, (activity, done, total) -> {});
            log.atInfo()
                    .addKeyValue("id", made.backup().id())
                    .addKeyValue("type", made.backup().type().label())
                    .addKeyValue("new", made.isNew())
                    .addKeyValue("transaction", made.backup().to().sequence())
                    .addKeyValue("bytes", made.backup().bytes())
                    .addKeyValue("deleted", made.deleted().size())
                    .log("scheduled backup is done");
        } catch (StorageClosedException e) {
            log.atInfo().addKeyValue("state", e.state()).log("scheduled backup was given up");
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("code", e.code())
                    .setCause(e)
                    .log("scheduled backup failed; the next one is tried when it is due");
        }
    }

    @Override
    public synchronized void stop() {
        ThreadPoolTaskScheduler started = scheduler;
        scheduler = null;
        backups.close();
        if (started != null) {
            started.shutdown();
        }
    }
}

package io.entitydb.storage;

import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.recovery.RecoveredStore;
import io.entitydb.storage.repair.ScrubMemory;
import io.entitydb.storage.repair.ScrubPass;
import io.entitydb.storage.repair.ScrubPoint;
import io.entitydb.storage.repair.ScrubProgress;
import io.entitydb.storage.repair.ScrubStep;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Reads the log of an open store from the first frame to the last, pass after pass, on a thread of
 * its own and at a bounded rate. Where it is stands in a small file, so that it goes on there after
 * a restart.
 *
 * <p>It reads no further than the published header says, so nothing that is not durable yet can
 * look damaged; and what does not verify is read several times, with pauses, before it is reported,
 * so that nothing does that is being erased.
 */
final class Scrubber {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    /** Pause before something that does not verify is read again, and how often that is done. */
    private static final Duration DOUBT = Duration.ofMillis(200);

    private static final int DOUBTS = 5;

    /** Shorter waits are put together: a frame is read in less. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(20);

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final OpenStore store;
    private final RecoveredStore parts;
    private final ScrubControl control;
    private final ScrubOptions options;
    private final Crew crew;
    private final ScrubMemory memory;
    private final FileIdentity identity;
    private ScrubProgress progress = ScrubProgress.NONE;
    private Crew.@Nullable Member thread;
    private volatile boolean isStopping;

    /** When the bytes read so far may have been read. */
    private long dueNanos;

    private long savedNanos;

    Scrubber(OpenStore store, ScrubControl control) {
        this.store = store;
        this.control = control;
        parts = store.parts();
        options = store.settings().options().scrub();
        crew = store.settings().crew();
        memory = new ScrubMemory(store.settings().disk());
        identity = parts.headerSync().current().identity();
    }

    /** Begins, if it is wanted. */
    void start() {
        if (options.isEnabled()) {
            thread = crew.start("entitydb-scrub", this::live);
        }
    }

    /** Ends after the frame that is being read, and keeps where it is. */
    void stop() {
        isStopping = true;
        control.changed().raise();
        Crew.Member started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        try {
            ScrubPass pass = resumed();
            while (!isStopping) {
                if (pass == null) {
                    pass = awaitDue() ? begun() : null;
                } else if (isAtEnd(pass)) {
                    pass = null;
                }
            }
            if (pass != null) {
                save(pass);
            }
            control.tell(ScrubStatus.State.OFF, progress, 0, 0);
        } catch (InterruptedException e) {
            control.tell(ScrubStatus.State.OFF, progress, 0, 0);
        } catch (RuntimeException | Error e) {
            // The store does without; whatever it was, the next opening tries again.
            control.tell(ScrubStatus.State.FAILED, progress, 0, 0);
        }
    }

    /** The pass that was under way when the store was closed; null if none was. */
    private @Nullable ScrubPass resumed() {
        ScrubPoint point = memory.load(identity.fileId());
        if (point == null) {
            return null;
        }
        progress = point.progress();
        if (!progress.isInPass()) {
            return null;
        }
        ScrubPass pass = passFrom(point);
        return pass.isContinued(header()) ? pass : begun();
    }

    private ScrubPass begun() {
        progress = progress.begin(store.settings().disk().now());
        return passFrom(ScrubPoint.start(identity, progress));
    }

    private ScrubPass passFrom(ScrubPoint point) {
        dueNanos = crew.nanoTime();
        savedNanos = dueNanos;
        return new ScrubPass(
                new ScrubPass.Source(parts.file(), identity, parts.reader(), parts.index()),
                point,
                this::found);
    }

    private void found(DamagedPlace place) {
        progress = progress.withFindings(progress.findings() + 1);
        store.scrubFound(place);
    }

    /** Waits until the next pass is due; false if there will be none. */
    private boolean awaitDue() throws InterruptedException {
        control.tell(ScrubStatus.State.WAITING, progress, 0, 0);
        if (progress.completedPass() > 0) {
            long since = Math.max(0, store.settings().disk().now() - progress.completedAt());
            Duration left = options.pause().minusNanos(since);
            if (left.isPositive()) {
                control.changed().await(() -> isStopping, left);
            }
        }
        return !isStopping;
    }

    /** Goes on with a pass a little; true when it came to its end. */
    private boolean isAtEnd(ScrubPass pass) throws InterruptedException {
        int doubts = 0;
        while (!isStopping) {
            if (control.isPaused()) {
                save(pass);
                control.changed().await(() -> isStopping || !control.isPaused(), Signal.FOREVER);
                continue;
            }
            long end = header().dataEnd();
            control.tell(ScrubStatus.State.RUNNING, progress, pass.position(), end);
            switch (pass.step(end, doubts == DOUBTS)) {
                case ScrubStep.Passed(long bytes) -> {
                    doubts = 0;
                    control.verified(bytes);
                    keepToRate(bytes);
                    saveIfDue(pass);
                }
                case ScrubStep.Doubtful _ -> {
                    doubts++;
                    control.changed().await(() -> isStopping, DOUBT);
                }
                case ScrubStep.AtLimit _ -> {
                    pass.compareIndex();
                    progress = progress.complete(store.settings().disk().now());
                    control.completed(progress.completedFindings() == 0);
                    save(pass);
                    return true;
                }
            }
        }
        return false;
    }

    private Header header() {
        return parts.headerSync().current();
    }

    /** Waits until the bytes that were read fit the rate. */
    private void keepToRate(long bytes) throws InterruptedException {
        long now = crew.nanoTime();
        long cost = (long) ((double) bytes / options.bytesPerSecond() * NANOS_PER_SECOND);
        dueNanos = Math.max(dueNanos, now) + cost;
        if (dueNanos - now >= LEAST_WAIT.toNanos()) {
            control.changed().await(() -> isStopping, Duration.ofNanos(dueNanos - now));
        }
    }

    private void saveIfDue(ScrubPass pass) {
        if (crew.nanoTime() - savedNanos >= SAVE_EVERY.toNanos()) {
            save(pass);
        }
    }

    private void save(ScrubPass pass) {
        savedNanos = crew.nanoTime();
        try {
            memory.save(pass.point(progress));
        } catch (StorageException e) {
            // Without it a restart begins the pass anew.
        }
    }
}

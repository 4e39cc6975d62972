package io.entitydb.storage;

import io.entitydb.storage.repair.ScrubProgress;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is asked of the scrubs of an engine and known of them, across the stores that it opens one
 * after the other. Thread-safe.
 */
final class ScrubControl implements Scrub {

    private final EngineSettings settings;
    private final Signal changed;
    private final LongAdder verifiedBytes = new LongAdder();
    private volatile long soundPasses;
    private volatile long damagedPasses;
    private volatile boolean isPaused;
    private volatile Seen seen = new Seen(ScrubStatus.State.OFF, ScrubProgress.NONE, 0, 0);

    /** What the thread said last. */
    private record Seen(ScrubStatus.State state, ScrubProgress progress, long position, long end) {}

    ScrubControl(EngineSettings settings) {
        this.settings = settings;
        changed = settings.crew().signal();
    }

    /** Raised when something changes that the thread has to know. */
    Signal changed() {
        return changed;
    }

    boolean isPaused() {
        return isPaused;
    }

    void tell(ScrubStatus.State state, ScrubProgress progress, long position, long end) {
        seen = new Seen(state, progress, position, end);
    }

    void verified(long bytes) {
        verifiedBytes.add(bytes);
    }

    /** Called by the one thread that scrubs. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    void completed(boolean isSound) {
        if (isSound) {
            soundPasses++;
        } else {
            damagedPasses++;
        }
    }

    @Override
    public ScrubStatus status() {
        Seen last = seen;
        ScrubProgress progress = last.progress();
        long since = progress.completedPass() > 0 ? progress.completedAt() : progress.begunAt();
        boolean isPausing = isPaused && last.state() != ScrubStatus.State.OFF;
        return new ScrubStatus(
                isPausing ? ScrubStatus.State.PAUSED : last.state(),
                progress.pass(),
                progress.findings(),
                progress.completedPass(),
                progress.completedAt(),
                progress.completedFindings(),
                last.position(),
                last.end(),
                verifiedBytes.sum(),
                soundPasses,
                damagedPasses,
                since == 0 ? 0 : Math.max(0, settings.disk().now() - since));
    }

    @Override
    public void pause() {
        isPaused = true;
        changed.raise();
    }

    @Override
    public void resume() {
        isPaused = false;
        changed.raise();
    }
}

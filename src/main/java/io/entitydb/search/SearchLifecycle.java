package io.entitydb.search;

import lombok.RequiredArgsConstructor;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the follower with the application and stops it.
 *
 * <p>In the phase between the store, which must still be readable while the follower ends, and the
 * web server, which must have answered its last request by then.
 */
@RequiredArgsConstructor
final class SearchLifecycle implements SmartLifecycle {

    static final int PHASE = 0;

    private final IndexFollower follower;

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public void stop() {
        follower.stop();
    }
}

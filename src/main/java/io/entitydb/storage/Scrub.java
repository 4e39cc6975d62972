package io.entitydb.storage;

/**
 * The check of data at rest: reads the whole log again and again, at a bounded rate, and tells what
 * does not verify. Thread-safe.
 */
public interface Scrub {

    /** An engine that does not check. */
    Scrub NONE =
            new Scrub() {
                @Override
                public ScrubStatus status() {
                    return ScrubStatus.OFF;
                }

                @Override
                public void pause() {}

                @Override
                public void resume() {}
            };

    /** How far it is. */
    ScrubStatus status();

    /** Stops reading until it is resumed; what is known so far stays. */
    void pause();

    /** Goes on where it was paused. */
    void resume();
}

package io.entitydb.storage;

import java.util.Locale;

/**
 * How far the check of data at rest is.
 *
 * @param state what it does
 * @param pass number of the pass that is under way, or was the last; 0 if there was none
 * @param findings what it found so far
 * @param completedPass number of the last pass that came to its end; 0 if none did
 * @param completedAt when it did, in nanoseconds since 1970
 * @param completedFindings what it had found
 * @param position where in the file it reads, in bytes
 * @param end where it will end, as things stand; 0 if that is not known
 * @param verifiedBytes what was read since the process was started
 * @param soundPasses passes without findings that came to their end since then
 * @param damagedPasses passes with findings that did
 * @param ageNanos time since the last pass ended, or since the first began; 0 if none did
 */
public record ScrubStatus(
        State state,
        long pass,
        long findings,
        long completedPass,
        long completedAt,
        long completedFindings,
        long position,
        long end,
        long verifiedBytes,
        long soundPasses,
        long damagedPasses,
        long ageNanos) {

    /** Nothing is checked. */
    public static final ScrubStatus OFF =
            new ScrubStatus(State.OFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What the check does. */
    public enum State {
        /** Nothing: it is not wanted, or the store is not open for writing. */
        OFF,
        /** It reads. */
        RUNNING,
        /** It waits for the next pass. */
        WAITING,
        /** It was paused. */
        PAUSED,
        /** It failed, and begins again when the store is opened again. */
        FAILED;

        /** Name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much of the present pass is done, from 0 to 1; 1 while it waits for the next. */
    public double share() {
        if (pass == completedPass) {
            return completedPass > 0 ? 1 : 0;
        }
        return end == 0 ? 0 : Math.min(1, (double) position / end);
    }
}

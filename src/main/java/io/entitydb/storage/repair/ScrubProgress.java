package io.entitydb.storage.repair;

import lombok.With;

/**
 * What is known of the scrubs of a file. Times are nanoseconds since 1970.
 *
 * @param pass number of the pass that is under way, or was the last
 * @param begunAt when it was begun
 * @param findings what it found so far
 * @param completedPass number of the last pass that came to the end; 0 if none did
 * @param completedAt when it did
 * @param completedFindings what it had found
 */
@With
public record ScrubProgress(
        long pass,
        long begunAt,
        long findings,
        long completedPass,
        long completedAt,
        long completedFindings) {

    /** Nothing was scrubbed yet. */
    public static final ScrubProgress NONE = new ScrubProgress(0, 0, 0, 0, 0, 0);

    /** Whether a pass is under way. */
    public boolean isInPass() {
        return pass > completedPass;
    }

    /** The next pass begins. */
    public ScrubProgress begin(long now) {
        return new ScrubProgress(
                completedPass + 1, now, 0, completedPass, completedAt, completedFindings);
    }

    /** The pass came to the end. */
    public ScrubProgress complete(long now) {
        return new ScrubProgress(pass, begunAt, findings, pass, now, findings);
    }
}

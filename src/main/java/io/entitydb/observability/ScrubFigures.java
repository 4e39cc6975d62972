package io.entitydb.observability;

import io.entitydb.storage.ScrubStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How far the check of data at rest is.
 *
 * @param state {@code off}, {@code running}, {@code waiting} for the next pass, {@code paused} or
 *     {@code failed}
 * @param pass number of the pass that is under way, or was the last; 0 if there was none
 * @param position where in the file it reads, in bytes
 * @param end where the pass will end, as things stand, in bytes; 0 if that is not known
 * @param share how much of the pass is done, from 0 to 1
 * @param findings what the pass found so far
 * @param verifiedBytes what was read since the process was started
 * @param completed the last pass that came to its end; null if none did
 */
record ScrubFigures(
        String state,
        long pass,
        long position,
        long end,
        double share,
        long findings,
        long verifiedBytes,
        @Nullable Completed completed) {

    /**
     * A pass that came to its end.
     *
     * @param pass its number
     * @param at when it did
     * @param findings what it had found
     */
    record Completed(long pass, Instant at, long findings) {}

    static ScrubFigures of(ScrubStatus status) {
        return new ScrubFigures(
                status.state().label(),
                status.pass(),
                status.position(),
                status.end(),
                status.share(),
                status.findings(),
                status.verifiedBytes(),
                status.completedPass() == 0
                        ? null
                        : new Completed(
                                status.completedPass(),
                                Instant.ofEpochSecond(0, status.completedAt()),
                                status.completedFindings()));
    }
}

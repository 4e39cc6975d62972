package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;
import io.entitydb.security.NoLongerAuthenticatedException;
import io.entitydb.security.Presence;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.web.http.Turns;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import java.io.IOException;
import java.time.Duration;

/**
 * Tells one client the changes as they happen, until the client goes or the service stops. Runs on
 * the thread of the request; what the client does not take is not read.
 */
@RequiredArgsConstructor
final class LiveFeed {

    private static final String CHANGE = "change";
    private static final String CHECKPOINT = "checkpoint";

    private final ChangeLog log;
    private final Feeds feeds;
    private final ChangeReader reader;
    private final EventWriter events;
    private final Duration checkpointInterval;
    private final Presence presence;

    private final Turns turns = new Turns();
    private long lastCheckpoint = System.nanoTime();

    /**
     * Runs until the end, and tells how far it came.
     *
     * @throws IOException if the client is gone, or takes nothing for too long
     * @throws CorruptDataException if the next change cannot be read; all before it was told
     * @throws ProblemException if history does not go on
     * @throws NoLongerAuthenticatedException if the client was shut out
     * @throws io.entitydb.entity.AccessDeniedException if it may do less than at the beginning
     */
    void run() throws IOException, InterruptedException {
        try {
            follow();
        } catch (StorageClosedException e) {
            // The store is closing; the client comes back when it is open again.
        } catch (CorruptDataException | ProblemException e) {
            if (events.isBegun()) {
                end();
            }
            throw e;
        }
        end();
    }

    private void end() throws IOException {
        checkpoint();
        events.flush();
    }

    private void follow() throws IOException, InterruptedException {
        boolean isBehind = true;
        while (!feeds.isEnding()) {
            presence.requireNowAndThen();
            long mark = log.mark();
            if (!tellAll()) {
                return;
            }
            if (isBehind || !untilCheckpoint().isPositive()) {
                checkpoint();
                isBehind = false;
            }
            events.flush();
            log.awaitAfter(mark, untilSomethingIsDue());
        }
    }

    /** Tells what is durable; false if the feed has to end before. */
    private boolean tellAll() throws IOException {
        while (reader.advance()) {
            ChangeDocument change = reader.change();
            if (change != null) {
                events.event(CHANGE, change.cursor(), change);
                feeds.countTold();
            }
            if (!untilCheckpoint().isPositive()) {
                checkpoint();
                events.flush();
            }
            presence.requireNowAndThen();
            turns.giveNowAndThen();
            if (feeds.isEnding()) {
                return false;
            }
        }
        return true;
    }

    private Duration untilSomethingIsDue() {
        Duration checkpoint = untilCheckpoint();
        Duration check = presence.untilCheck();
        return checkpoint.compareTo(check) < 0 ? checkpoint : check;
    }

    private Duration untilCheckpoint() {
        return checkpointInterval.minusNanos(System.nanoTime() - lastCheckpoint);
    }

    private void checkpoint() throws IOException {
        CheckpointDocument checkpoint = reader.checkpoint();
        events.event(CHECKPOINT, checkpoint.cursor(), checkpoint);
        lastCheckpoint = System.nanoTime();
    }
}

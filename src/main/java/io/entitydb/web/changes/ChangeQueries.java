package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.security.Presence;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.web.http.Turns;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads parts of the feed, and waits for one that is not empty. */
@Service
@RequiredArgsConstructor
class ChangeQueries {

    /** Longest that a page is gathered; what matches seldom is found over several pages. */
    private static final long BUDGET_NANOS = Duration.ofSeconds(1).toNanos();

    /** Text that a page holds, more or less: a thousand changes may have a gigabyte of tags. */
    private static final long MAX_PAGE_CHARS = 4L << 20;

    private final ChangeLog log;
    private final EntityRepository repository;
    private final Feeds feeds;

    /**
     * A reader of the feed.
     *
     * @throws ProblemException if history does not go on from the start
     * @throws InvalidQueryException if the start lies in the future
     */
    ChangeReader open(ChangeStart start, ChangeFilter filter) {
        return new ChangeReader(log, repository, filter, start);
    }

    /**
     * A part of the feed. An empty one is given only if the time is over, or if a long stretch of
     * history was searched in vain.
     *
     * @param limit most changes
     * @param wait how long to wait for the first change
     * @param presence who waits; is told nothing if it was shut out meanwhile
     * @throws CorruptDataException if the first change cannot be read
     */
    ChangesPage page(ChangeReader reader, int limit, Duration wait, Presence presence)
            throws InterruptedException {
        if (!wait.isPositive()) {
            return gather(reader, limit);
        }
        try (Feeds.Seat _ = feeds.enter(presence.caller().name())) {
            long deadline = System.nanoTime() + wait.toNanos();
            while (true) {
                long mark = log.mark();
                ChangesPage page = gather(reader, limit);
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                boolean isFinal = !page.items().isEmpty() || !page.isComplete();
                if (isFinal || !left.isPositive() || feeds.isEnding()) {
                    return page;
                }
                log.awaitAfter(mark, shorter(left, Presence.INTERVAL));
                presence.require();
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static ChangesPage gather(ChangeReader reader, int limit) {
        List<ChangeDocument> items = new ArrayList<>();
        long deadline = System.nanoTime() + BUDGET_NANOS;
        Turns turns = new Turns();
        long chars = 0;
        boolean isComplete = false;
        while (!isComplete && items.size() < limit && chars < MAX_PAGE_CHARS) {
            if (System.nanoTime() - deadline > 0) {
                return page(reader, items, false);
            }
            try {
                isComplete = !reader.advance();
            } catch (CorruptDataException e) {
                if (items.isEmpty()) {
                    throw e;
                }
                // The next page begins with it, and says so.
                return page(reader, items, false);
            }
            turns.giveNowAndThen();
            ChangeDocument change = reader.change();
            if (change != null) {
                items.add(change);
                chars += change.size();
            }
        }
        return page(reader, items, isComplete);
    }

    private static ChangesPage page(
            ChangeReader reader, List<ChangeDocument> items, boolean isComplete) {
        CheckpointDocument checkpoint = reader.checkpoint();
        return new ChangesPage(items, checkpoint.cursor(), isComplete, checkpoint);
    }
}

package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.Loss;
import io.entitydb.entity.NotFoundException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the log from a place on, change by change, and never passes over one: what is told or does
 * not match moves the place, what fails does not. Holds one transaction at a time. Used by one
 * thread.
 */
final class ChangeReader {

    private final ChangeLog log;
    private final EntityRepository repository;
    private final ChangeFilter filter;

    private ChangeLog.History history;
    private ChangeLog.Reading reading;
    private ChangePlace place;

    /** The transaction of the changes that are left. */
    private LogPoint point;

    private Iterator<Entity> changes = Collections.emptyIterator();

    /** How many erasures stand behind the transaction that were told before the place. */
    private int known;

    private @Nullable ChangeDocument change;

    /** Versions that were passed over because they are not there any more. */
    private long removed;

    /**
     * A reader at the place where a feed begins.
     *
     * @throws ProblemException if history does not go on from there
     */
    ChangeReader(
            ChangeLog log, EntityRepository repository, ChangeFilter filter, ChangeStart start) {
        this.log = log;
        this.repository = repository;
        this.filter = filter;
        history = log.history();
        place = start.in(history, repository.snapshot());
        point = place.point();
        reading = readingFrom(place);
    }

    /** The place right behind what was read last. */
    ChangePlace place() {
        return place;
    }

    /** The cursor of that place. */
    String cursor() {
        return ChangeCursor.of(history.origin(), place).write();
    }

    /** How far was read, and what was missing since this was asked last. */
    CheckpointDocument checkpoint() {
        // Nobody knows any more of which datasets they were.
        Long missing = removed == 0 || !filter.isForAll() ? null : removed;
        removed = 0;
        return new CheckpointDocument(cursor(), place.point().at().toString(), missing);
    }

    /** What {@link #advance} moved past; null if that is not told. */
    @Nullable ChangeDocument change() {
        return change;
    }

    /**
     * Moves past the next change. Where the store was opened again meanwhile, goes on in the store
     * that is open.
     *
     * @return false if nothing more is durable
     * @throws io.entitydb.storage.error.CorruptDataException if the next change is damaged, or what
     *     decides whether it is told; the place stays, and this reader is of no use any more
     * @throws ProblemException if history does not go on in the store that was opened again
     */
    boolean advance() {
        try {
            return step();
        } catch (StorageClosedException e) {
            reopen();
            return step();
        }
    }

    private boolean step() {
        change = null;
        if (changes.hasNext()) {
            tell(changes.next());
            return true;
        }
        LogEntry entry = reading.next();
        switch (entry) {
            case null -> {
                return false;
            }
            case Commit commit -> {
                known = 0;
                point = new LogPoint(commit.sequence(), commit.at(), commit.digest());
                changes = commit.changes().iterator();
                removed += commit.removed();
                place =
                        new ChangePlace(
                                point, changes.hasNext() ? ChangePlace.NONE : ChangePlace.ALL, 0);
            }
            case Erasure erasure -> tell(erasure);
            case Loss loss -> tell(loss);
        }
        return true;
    }

    private void tell(Entity entity) {
        ChangePlace next =
                changes.hasNext()
                        ? new ChangePlace(point, ChangePlace.mark(entity.key()), 0)
                        : ChangePlace.after(point);
        boolean isTold = filter.matches(entity, () -> before(entity));
        // The place names an entity: never one that the client may not know of.
        if (next.isWhole() || filter.covers(entity.key())) {
            place = next;
        }
        change = isTold ? ChangeDocument.of(entity, cursor()) : null;
    }

    /** The version before; empty if it was removed. */
    private Optional<Entity> before(Entity entity) {
        long number = entity.version().number() - 1;
        try {
            return repository.find(entity.key(), new AsOf.AtVersion(number));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private void tell(Erasure erasure) {
        if (known > 0) {
            known--;
            return;
        }
        place = new ChangePlace(place.point(), ChangePlace.ALL, place.erasures() + 1);
        EntityKey key = erasure.key();
        change = filter.covers(key) ? ChangeDocument.of(erasure, cursor()) : null;
    }

    private void tell(Loss loss) {
        known = 0;
        point = new LogPoint(loss.sequence(), place.point().at(), loss.digest());
        place = ChangePlace.after(point);
        change = ChangeDocument.of(loss, cursor());
    }

    private void reopen() {
        ChangeCursor cursor = ChangeCursor.of(history.origin(), place);
        history = log.history();
        place = new ChangeStart.At(cursor).in(history, place.transaction());
        reading = readingFrom(place);
    }

    /** Positions a reading, and the changes that are left of a transaction, at a place. */
    private ChangeLog.Reading readingFrom(ChangePlace from) {
        long sequence = from.transaction();
        changes = Collections.emptyIterator();
        known = 0;
        if (from.isWhole()) {
            known = from.erasures();
            return history.readAfter(sequence);
        }
        ChangeLog.Reading next = history.readAfter(sequence - 1);
        LogEntry entry = next.next();
        while (entry != null && entry.sequence() < sequence) {
            entry = next.next();
        }
        if (!(entry instanceof Commit commit)) {
            throw ChangeStart.gone();
        }
        changes = leftOf(commit.changes(), from.last()).iterator();
        return next;
    }

    /** What stands behind the change told last; all, if that one was removed meanwhile. */
    private static List<Entity> leftOf(List<Entity> changes, long last) {
        for (int i = 0; i < changes.size(); i++) {
            if (ChangePlace.mark(changes.get(i).key()) == last) {
                return changes.subList(i + 1, changes.size());
            }
        }
        return changes;
    }
}

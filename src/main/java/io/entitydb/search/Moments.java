package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.header.Header;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Finds the state that a query asks for. The present is the newest transaction that was visible
 * when the query came; an instant is the last transaction committed at or before it. Thread-safe.
 */
@RequiredArgsConstructor
final class Moments {

    private final StorageEngine engine;
    private final ViewSource views;

    /**
     * The state at a point of time.
     *
     * @param asOf the point; null for the present
     * @throws InvalidQueryException if it lies in the future, or is the version of one entity
     * @throws SearchUnavailableException if the index does not cover it in time
     */
    Moment at(@Nullable AsOf asOf) {
        return switch (asOf) {
            case null -> at(engine.snapshot());
            case AsOf.AtTransaction(long sequence) -> at(engine.snapshotAt(sequence));
            case AsOf.AtInstant(Timestamp instant) -> at(instant);
            case AsOf.AtVersion version ->
                    throw new InvalidQueryException("asOf", "a version is that of one entity");
        };
    }

    /**
     * Reads a cursor.
     *
     * @param query fingerprint of the query that was asked with it
     * @param numbers levels of its order before the last
     * @throws InvalidQueryException if the cursor is damaged or belongs to something else
     */
    Cursor cursor(String text, Digest query, int numbers) {
        Cursor cursor = Cursor.read(text);
        cursor.requireFits(IndexOrigin.of(engine), engine.snapshot().sequence(), query, numbers);
        return cursor;
    }

    /** The state that all pages of a cursor's answer show. */
    Moment at(Cursor cursor) {
        return at(engine.snapshotAt(cursor.snapshot()));
    }

    private Moment at(Snapshot snapshot) {
        if (snapshot.sequence() > engine.snapshot().sequence()) {
            throw new InvalidQueryException(
                    "asOf",
                    "the log has a gap; lists end before it, at transaction "
                            + engine.snapshot().sequence());
        }
        Header header = IndexOrigin.headerOf(engine);
        IndexOrigin origin = IndexOrigin.of(header);
        return new Moment(
                origin,
                snapshot,
                views.at(origin, header.identity().fileId(), snapshot.sequence()));
    }

    /** The engine makes sure that nothing is committed at or before the instant any more. */
    private Moment at(Timestamp instant) {
        Moment newest = at(engine.snapshotAt(instant));
        boolean isGiven = false;
        try {
            long sequence = CommitTimes.newestAtMost(newest.view().reader(), instant);
            Moment moment = new Moment(newest.origin(), engine.snapshotAt(sequence), newest.view());
            isGiven = true;
            return moment;
        } catch (IOException e) {
            views.condemn(e);
            throw new SearchUnavailableException("search index cannot be read", e);
        } finally {
            if (!isGiven) {
                newest.close();
            }
        }
    }
}

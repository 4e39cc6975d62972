package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogPoint;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;

/** Where a feed begins. */
sealed interface ChangeStart {

    /** The name of the parameter. */
    String PARAMETER = "since";

    /** The name of the header that a client sends when it comes back. */
    String HEADER = "Last-Event-ID";

    /** After the newest durable transaction. */
    record Now() implements ChangeStart {}

    /** After a transaction; 0 is the beginning. */
    record AfterTransaction(long sequence) implements ChangeStart {}

    /** After all that was committed at or before an instant. */
    record AfterInstant(Timestamp instant) implements ChangeStart {}

    /** Where a cursor says. */
    record At(ChangeCursor cursor) implements ChangeStart {}

    /**
     * The start that parameter and header say; the header wins. Without both it is the beginning:
     * nothing is passed over that nobody asked to pass over.
     *
     * @throws InvalidQueryException if the parameter says none
     * @throws ProblemException if the header does not
     */
    static ChangeStart of(@Nullable String since, @Nullable String lastEventId) {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            ChangeCursor cursor = ChangeCursor.read(lastEventId);
            if (cursor == null) {
                throw new ProblemException(
                        Problem.of(
                                ProblemType.INVALID_QUERY,
                                Violation.inHeader(HEADER, "not the id of an event")));
            }
            return new At(cursor);
        }
        return since == null ? new AfterTransaction(0) : parse(since);
    }

    private static ChangeStart parse(String since) {
        if (since.equals("0")) {
            return new AfterTransaction(0);
        }
        if (since.equals("now")) {
            return new Now();
        }
        if (since.indexOf(':') >= 0) {
            return pointOf(since);
        }
        ChangeCursor cursor = ChangeCursor.read(since);
        if (cursor == null) {
            throw invalid();
        }
        return new At(cursor);
    }

    private static ChangeStart pointOf(String since) {
        try {
            return switch (AsOf.parse(since)) {
                case AsOf.AtTransaction(long sequence) -> new AfterTransaction(sequence);
                case AsOf.AtInstant(Timestamp instant) -> new AfterInstant(instant);
                case AsOf.AtVersion version -> throw invalid();
            };
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static InvalidQueryException invalid() {
        return new InvalidQueryException(
                PARAMETER,
                "neither a cursor, nor an RFC 3339 date-time (the + of an offset is written as an"
                        + " escape), nor tx:N, nor 0, nor now");
    }

    /**
     * The place in a history.
     *
     * @param visible the newest visible transaction
     * @throws ProblemException if the history does not go on from there
     * @throws InvalidQueryException if that place lies in the future
     */
    default ChangePlace in(ChangeLog.History history, long visible) {
        return switch (this) {
            case Now now -> ChangePlace.after(history.newest());
            case AfterTransaction(long sequence) -> afterTransaction(history, sequence, visible);
            case AfterInstant(Timestamp instant) -> afterInstant(history, instant);
            case At(ChangeCursor cursor) -> {
                ChangePlace place = cursor.in(history.origin(), history.at(cursor.transaction()));
                if (place == null) {
                    throw gone();
                }
                yield place;
            }
        };
    }

    private static ChangePlace afterTransaction(
            ChangeLog.History history, long sequence, long visible) {
        LogPoint newest = history.newest();
        LogPoint point = history.at(sequence);
        if (point != null) {
            return ChangePlace.after(point);
        }
        if (sequence > visible) {
            throw new InvalidQueryException(PARAMETER, "there is no transaction " + sequence);
        }
        if (sequence > newest.sequence()) {
            // It is visible and not durable yet; beginning too early skips nothing.
            return ChangePlace.after(newest);
        }
        throw gone();
    }

    private static ChangePlace afterInstant(ChangeLog.History history, Timestamp instant) {
        try {
            return ChangePlace.after(history.lastAt(instant));
        } catch (InvalidQueryException e) {
            throw new InvalidQueryException(PARAMETER, String.valueOf(e.getMessage()));
        }
    }

    /** Why a feed cannot go on. */
    static ProblemException gone() {
        return new ProblemException(
                ProblemType.CURSOR_GONE,
                "history does not go on from there: the store was restored or repaired, or is"
                        + " another one; read the entities anew, and follow from the transaction"
                        + " that the answer reflects, with since=tx:N");
    }
}

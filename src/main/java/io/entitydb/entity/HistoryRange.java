package io.entitydb.entity;

/**
 * A stretch of an entity's versions.
 *
 * @param from first version to return, inclusive; in descending order the highest one
 * @param ascending whether numbers grow from one to the next
 * @param limit most versions to return, 1–1,000
 */
public record HistoryRange(long from, boolean ascending, int limit) {

    /** Most versions of one answer. */
    public static final int MAX_LIMIT = 1000;

    /** Refuses a first version below 1 and limits out of range. */
    public HistoryRange {
        if (from < 1) {
            throw new InvalidQueryException("from", "a version is 1 or more");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidQueryException("limit", "a limit is 1 to " + MAX_LIMIT);
        }
    }

    /** The newest versions, newest first. */
    public static HistoryRange newest(int limit) {
        return new HistoryRange(Long.MAX_VALUE, false, limit);
    }

    /** The oldest versions, oldest first. */
    public static HistoryRange oldest(int limit) {
        return new HistoryRange(1, true, limit);
    }

    /** The same stretch, beginning elsewhere. */
    public HistoryRange beginningWith(long number) {
        return new HistoryRange(number, ascending, limit);
    }
}

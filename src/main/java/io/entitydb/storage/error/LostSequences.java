package io.entitydb.storage.error;

/**
 * Transactions, one after the other, that cannot be read.
 *
 * @param first the first of them
 * @param last the last of them; 0 if it is not known
 */
public record LostSequences(long first, long last) {

    /** Refuses what is no range. */
    public LostSequences {
        if (first < 1 || (last != 0 && last < first)) {
            throw new IllegalArgumentException("lost transactions " + first + " to " + last);
        }
    }

    /** Whether the last of them is known. */
    public boolean isBounded() {
        return last != 0;
    }

    /** How many they are at least. */
    public long count() {
        return isBounded() ? last - first + 1 : 1;
    }

    /** Whether some of the transactions from one to another, both included, are among them. */
    public boolean meets(long from, long to) {
        return to >= first && (!isBounded() || from <= last);
    }

    @Override
    public String toString() {
        if (!isBounded()) {
            return "transactions from " + first + " on";
        }
        return first == last ? "transaction " + first : "transactions " + first + " to " + last;
    }
}

package io.entitydb.storage.repair;

/**
 * Transactions from one to another.
 *
 * @param first the first of them; 0 if there is none
 * @param last the last of them
 */
public record SequenceRange(long first, long last) {

    /** No transaction. */
    public static final SequenceRange NONE = new SequenceRange(0, 0);

    /** Refuses a range that runs backwards. */
    public SequenceRange {
        if (first < 0 || last < first || (first == 0 && last != 0)) {
            throw new IllegalArgumentException("no range: " + first + " to " + last);
        }
    }

    /** One transaction; none if it is 0. */
    public static SequenceRange of(long sequence) {
        return sequence == 0 ? NONE : new SequenceRange(sequence, sequence);
    }

    /** Whether it holds none. */
    public boolean isEmpty() {
        return first == 0;
    }

    /** As in {@code 3} or {@code 3 to 5}; empty without transactions. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "";
        }
        return first == last ? Long.toString(first) : first + " to " + last;
    }
}

package io.entitydb.temporal;

/**
 * The point of the past at which something is read.
 *
 * <p>Text forms: an RFC 3339 date-time, {@code tx:N} (right after transaction N) and {@code v:N}
 * (version N of the one entity that is read).
 */
public sealed interface AsOf {

    /** The newest state whose commit time is not after the instant. */
    record AtInstant(Timestamp instant) implements AsOf {
        @Override
        public String toString() {
            return instant.toString();
        }
    }

    /** The state right after a transaction; 0 is the empty store. */
    record AtTransaction(long sequence) implements AsOf {
        /** Refuses negative sequences. */
        public AtTransaction {
            if (sequence < 0) {
                throw new IllegalArgumentException("transaction below 0: " + sequence);
            }
        }

        @Override
        public String toString() {
            return "tx:" + sequence;
        }
    }

    /** One version of one entity; versions count from 1. */
    record AtVersion(long number) implements AsOf {
        /** Refuses numbers below 1. */
        public AtVersion {
            if (number < 1) {
                throw new IllegalArgumentException("version below 1: " + number);
            }
        }

        @Override
        public String toString() {
            return "v:" + number;
        }
    }

    /**
     * Reads one of the three text forms.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    static AsOf parse(String text) {
        if (text.startsWith("tx:")) {
            return new AtTransaction(number(text, 3));
        }
        if (text.startsWith("v:")) {
            return new AtVersion(number(text, 2));
        }
        return new AtInstant(Timestamp.parse(text));
    }

    private static long number(String text, int from) {
        String digits = text.substring(from);
        if (digits.isEmpty()
                || digits.length() > 18
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a number: " + text);
        }
        return Long.parseLong(digits);
    }
}

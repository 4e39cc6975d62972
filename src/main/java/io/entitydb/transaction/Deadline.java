package io.entitydb.transaction;

import org.springframework.transaction.TransactionDefinition;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The moment at which a transaction has taken too long.
 *
 * @param ticker nanoseconds that only grow, from any origin
 * @param begunNanos when the transaction began
 * @param allowedNanos how long it may take; {@link Long#MAX_VALUE} for ever
 */
record Deadline(LongSupplier ticker, long begunNanos, long allowedNanos) {

    /**
     * The deadline of a transaction that begins now.
     *
     * @param timeoutSeconds how long it may take; {@link TransactionDefinition#TIMEOUT_DEFAULT} for
     *     ever
     */
    static Deadline after(int timeoutSeconds, LongSupplier ticker) {
        long allowed =
                timeoutSeconds == TransactionDefinition.TIMEOUT_DEFAULT
                        ? Long.MAX_VALUE
                        : TimeUnit.SECONDS.toNanos(timeoutSeconds);
        return new Deadline(ticker, ticker.getAsLong(), allowed);
    }

    /** Whether it has been reached. */
    boolean hasPassed() {
        return ticker.getAsLong() - begunNanos >= allowedNanos;
    }
}

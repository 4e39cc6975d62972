package io.entitydb.entity;

/**
 * Transactions that a repair gave up: nobody knows what they changed.
 *
 * @param firstSequence the first of them
 * @param sequence the last of them
 * @param digest the digest of history after the last; zeros if it is not known
 */
public record Loss(long firstSequence, long sequence, Digest digest) implements LogEntry {}

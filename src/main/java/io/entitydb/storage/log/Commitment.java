package io.entitydb.storage.log;

/**
 * What a commit decides about a transaction.
 *
 * @param sequence the previous one plus 1
 * @param commitTime nanoseconds since 1970, later than that of the previous transaction
 */
public record Commitment(long sequence, long commitTime) {}

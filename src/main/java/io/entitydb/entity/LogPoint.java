package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

/**
 * The state of history right after a transaction.
 *
 * @param sequence the transaction; 0 before the first
 * @param at its commit time; before the first, when the store was made
 * @param digest the digest of all history up to it; zeros before the first, and where it is lost
 */
public record LogPoint(long sequence, Timestamp at, Digest digest) {}

package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

/**
 * The contents and tags of an entity were destroyed.
 *
 * @param sequence the last transaction before it
 * @param key the entity
 * @param version the newest of the versions that were erased, with all before it
 * @param at when it was asked for
 * @param principal who asked for it
 */
public record Erasure(long sequence, EntityKey key, long version, Timestamp at, String principal)
        implements LogEntry {}

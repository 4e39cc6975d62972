package io.entitydb.entity;

/**
 * The contents and tags of an entity were destroyed.
 *
 * @param sequence the last transaction before it
 * @param key the entity
 * @param version the newest of the versions that were erased, with all before it
 */
public record Erasure(long sequence, EntityKey key, long version) implements LogEntry {}

package io.entitydb.query;

/**
 * How many entities carry a tag.
 *
 * @param value the tag's value
 * @param entities number of entities
 */
public record ValueCount(String value, long entities) {}

package io.entitydb.query;

/**
 * How much a namespace is used.
 *
 * @param namespace the namespace
 * @param values number of different values
 * @param entities number of entities that carry at least one of them
 */
public record NamespaceCount(String namespace, long values, long entities) {}

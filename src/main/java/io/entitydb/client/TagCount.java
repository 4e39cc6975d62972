package io.entitydb.client;

import org.jspecify.annotations.Nullable;

/**
 * How many living entities carry a tag.
 *
 * @param namespace the namespace; null in a list of values
 * @param value the value; null in a list of namespaces
 * @param values number of values of a namespace; 0 in a list of values
 * @param entities number of entities
 */
public record TagCount(
        @Nullable String namespace, @Nullable String value, long values, long entities) {}

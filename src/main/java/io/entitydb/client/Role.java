package io.entitydb.client;

import java.util.List;

/**
 * A role.
 *
 * @param name its name
 * @param tags what it permits
 * @param isPredefined whether it is always there and never changes
 */
public record Role(String name, List<String> tags, boolean isPredefined) {}

package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * How much of the past a dataset keeps. A version goes if either bound says so; the newest one of
 * an entity never goes.
 *
 * @param maxVersions most versions that are kept of an entity
 * @param maxAge longest time that a version is kept after the next one was made, such as {@code
 *     P365D}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retention(@Nullable Long maxVersions, @Nullable String maxAge) {}

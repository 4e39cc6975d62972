package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

/**
 * How the store is at one moment.
 *
 * @param state its state in one word: {@code ready}, {@code read_only}; in others it serves nothing
 * @param reason why it takes no writes, in kebab-case; null if it does
 * @param formatVersion version of the format that is written
 * @param livingEntities entities that are not deleted, those of the service itself among them
 */
public record StoreCondition(
        String state, @Nullable String reason, int formatVersion, long livingEntities) {}

package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import java.util.UUID;

/**
 * Which history is told. Numbers of transactions mean the same only within one origin.
 *
 * @param storeId names the store; the same after a compaction and in a backup
 * @param epoch grows when history may differ from what was shown before
 * @param createdAt when the store was made
 */
public record LogOrigin(UUID storeId, long epoch, Timestamp createdAt) {}

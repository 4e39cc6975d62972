package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A dataset. The one that always exists was never made and has a name and a state only.
 *
 * @param name its name
 * @param state {@code active}, or {@code closing} while it is being deleted
 * @param version grows with every change of its state
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param transaction in which its state changed last
 */
public record Dataset(
        String name,
        String state,
        @Nullable Long version,
        @Nullable Instant createdAt,
        @Nullable String createdBy,
        @Nullable Long transaction) {}

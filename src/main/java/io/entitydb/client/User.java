package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A user.
 *
 * @param name its name
 * @param uuid identifies it
 * @param displayName how people call it; null if nothing was said
 * @param state {@code active} or {@code disabled}
 * @param hasPassword whether it can log in with a password
 * @param tags its roles and permissions, and what else was put there
 * @param version number of the version
 */
public record User(
        String name,
        String uuid,
        @Nullable String displayName,
        String state,
        boolean hasPassword,
        List<String> tags,
        long version) {}

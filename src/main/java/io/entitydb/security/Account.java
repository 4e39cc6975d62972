package io.entitydb.security;

import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;

import java.util.SortedSet;
import java.util.UUID;

/**
 * A user as the service knows it.
 *
 * @param name the name, which history names for ever
 * @param version number of the version that this is
 * @param uuid identifies the user to the outside
 * @param displayName how people call the user; null if nothing was said
 * @param passwordHash what the password is compared with; null for a user without password
 * @param isEnabled whether the user may do anything at all
 * @param credentials counts the passwords: what was given out under an earlier one has ended
 * @param tags the tags, permissions and roles among them
 */
public record Account(
        String name,
        long version,
        UUID uuid,
        @Nullable String displayName,
        @Nullable String passwordHash,
        boolean isEnabled,
        int credentials,
        SortedSet<Tag> tags) {

    /** Keeps the hash out of logs. */
    @Override
    public String toString() {
        return "Account[" + name + ", version " + version + ", " + tags + "]";
    }
}

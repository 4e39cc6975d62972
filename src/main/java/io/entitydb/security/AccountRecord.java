package io.entitydb.security;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** What is stored of a user, besides the tags; see {@link Account}. */
record AccountRecord(
        UUID uuid,
        @Nullable String displayName,
        @Nullable String passwordHash,
        boolean isEnabled,
        int credentials) {

    AccountRecord named(@Nullable String name) {
        return new AccountRecord(uuid, name, passwordHash, isEnabled, credentials);
    }

    AccountRecord enabled(boolean isOn) {
        return new AccountRecord(uuid, displayName, passwordHash, isOn, credentials);
    }

    /** With another password; what was given out under the one before ends. */
    AccountRecord withPassword(@Nullable String hash) {
        return new AccountRecord(uuid, displayName, hash, isEnabled, credentials + 1);
    }

    /** With the same password, hashed anew. */
    AccountRecord rehashed(String hash) {
        return new AccountRecord(uuid, displayName, hash, isEnabled, credentials);
    }

    @Override
    public String toString() {
        return "AccountRecord[" + uuid + "]";
    }
}

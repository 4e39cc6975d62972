package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An API key.
 *
 * @param id names it
 * @param label what it is for
 * @param expiresAt when it ends
 * @param tags what it may do at most; null if that is all that its user may do
 * @param key what requests show; only in the answer that made it
 */
public record ApiKey(
        String id,
        String label,
        Instant expiresAt,
        @Nullable List<String> tags,
        @Nullable String key) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}

package io.entitydb.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Tag;
import io.entitydb.security.ApiKeys;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An API key as answers show it.
 *
 * @param id names it
 * @param label what it is for
 * @param expiresAt when it ends
 * @param tags what it may do at most; left out if that is all that the user may do
 * @param key what requests carry; only in the answer that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Key")
record KeyDocument(
        @Schema(example = "0f6a1c2e3b4d5f60718293a4b5c6d7e8") String id,
        @Schema(example = "nightly import") String label,
        @Schema(example = "2027-02-21T09:00:00Z") String expiresAt,
        @Nullable List<String> tags,
        @Schema(description = "Shown once: goes into the header Authorization, behind Bearer")
                @Nullable String key) {

    static KeyDocument of(ApiKeys.Stored stored, @Nullable String text) {
        return new KeyDocument(
                stored.id(),
                stored.label(),
                Instant.ofEpochSecond(stored.expiresAt()).toString(),
                stored.bounds() == null
                        ? null
                        : stored.bounds().stream().map(Tag::toString).toList(),
                text);
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "KeyDocument[" + id + "]";
    }
}

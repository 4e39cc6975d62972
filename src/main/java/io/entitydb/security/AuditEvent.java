package io.entitydb.security;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the audit trail keeps: never a secret, never a content.
 *
 * @param action what was done, or tried
 * @param result how it ended
 * @param principal who did it
 * @param address from which address; null if the service did it
 * @param target what it was done to; null if that is clear
 * @param detail more, in few words
 * @param traceId the id under which the request is found in logs
 */
public record AuditEvent(
        AuditAction action,
        Result result,
        String principal,
        @Nullable String address,
        @Nullable String target,
        @Nullable String detail,
        @Nullable String traceId) {

    /** How something ended. */
    public enum Result {
        /** It was done. */
        DONE,
        /** It was not permitted. */
        REFUSED,
        /** It was begun, and could not be done. */
        FAILED;

        /** The result of a name that answers and queries use; empty if there is none. */
        public static Optional<Result> of(String label) {
            return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
        }

        /** As answers and queries name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

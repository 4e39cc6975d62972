package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/**
 * Work that takes longer than a request.
 *
 * @param id names it, until the service is restarted
 * @param kind what is done
 * @param state {@code running}, {@code done} or {@code failed}
 * @param startedAt when it began
 * @param endedAt when it ended; null while it runs
 * @param progress how far it is
 * @param result what came of it; its members depend on the kind
 * @param failure why nothing came of it
 */
public record Operation(
        String id,
        String kind,
        String state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Progress progress,
        @Nullable JsonNode result,
        @Nullable Failure failure) {

    /** Whether it has ended. */
    public boolean isEnded() {
        return !state.equals("running");
    }

    /**
     * How far an operation is.
     *
     * @param activity what is being done, for people
     * @param done bytes done
     * @param total bytes to do in all
     */
    public record Progress(String activity, long done, long total) {}

    /**
     * Why an operation failed.
     *
     * @param code as in problem documents
     * @param detail for people
     */
    public record Failure(String code, String detail) {}
}

package io.entitydb.web.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * An operation as answers show it.
 *
 * @param id names it
 * @param kind what is done
 * @param state whether it has ended
 * @param startedAt when it was begun
 * @param endedAt when it ended; left out while it runs
 * @param progress how far it is; left out while it has not told
 * @param result what came of it
 * @param failure why nothing came of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Operation")
public record OperationDocument(
        @Schema(example = "1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10") String id,
        @Schema(description = "What is done", example = "compaction") String kind,
        @Schema(description = "Whether it has ended", example = "running") State state,
        @Schema(example = "2026-11-23T09:00:00.000000001Z") String startedAt,
        @Schema(example = "2026-11-23T09:00:01.000000001Z") @Nullable String endedAt,
        @Schema(description = "How far it is") @Nullable Progress progress,
        @Schema(description = "What came of it; its members depend on the kind")
                @Nullable Object result,
        @Schema(description = "Why nothing came of it") @Nullable Failure failure) {

    /** Whether an operation has ended. */
    public enum State {
        /** It runs. */
        RUNNING,
        /** It was done. */
        DONE,
        /** It failed; nothing came of it. */
        FAILED;

        /** As answers show it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far an operation is.
     *
     * @param activity what is being done, for people
     * @param done bytes done
     * @param total bytes to do in all
     */
    @Schema(name = "OperationProgress")
    public record Progress(
            @Schema(example = "compaction") String activity,
            @Schema(example = "1048576") long done,
            @Schema(example = "10485760") long total) {}

    /**
     * Why an operation failed.
     *
     * @param code as in problem documents
     * @param detail for people
     */
    @Schema(name = "OperationFailure")
    public record Failure(
            @Schema(example = "storage-full") String code,
            @Schema(example = "there is no space for the change") String detail) {}
}

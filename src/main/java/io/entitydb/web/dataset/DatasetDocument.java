package io.entitydb.web.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Entity;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * A dataset as answers show it. The one that always exists was never made and has a name only.
 *
 * @param name its name
 * @param state whether it takes writes
 * @param version grows with every change of its state
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param transaction in which its state changed last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Dataset")
record DatasetDocument(
        @Schema(description = "Its name", example = "packages") String name,
        @Schema(
                        description = "active, or closing while it is being deleted",
                        allowableValues = {"active", "closing"},
                        example = "active")
                String state,
        @Schema(description = "Grows with every change of its state", example = "1")
                @Nullable Long version,
        @Schema(description = "When it was made", example = "2026-11-23T09:00:00.000000001Z")
                @Nullable String createdAt,
        @Schema(description = "Who made it", example = "anonymous") @Nullable String createdBy,
        @Schema(description = "In which its state changed last", example = "8714")
                @Nullable Long transaction) {

    /** The dataset that always exists. */
    static final DatasetDocument DEFAULT =
            new DatasetDocument(Datasets.DEFAULT, "active", null, null, null, null);

    /** The dataset that an entity stands for. */
    static DatasetDocument of(Entity dataset) {
        boolean isClosing = dataset.tags().containsKey(Datasets.CLOSING);
        return new DatasetDocument(
                Datasets.nameOf(dataset),
                isClosing ? "closing" : "active",
                dataset.version().number(),
                dataset.createdAt().toString(),
                dataset.createdBy(),
                dataset.version().transaction());
    }
}

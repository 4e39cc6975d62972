package io.entitydb.web.changes;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Entity;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.Loss;
import io.entitydb.entity.Tag;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A change as the feed tells it.
 *
 * @param firstTransaction of lost transactions the first; left out otherwise
 * @param transaction in which the change was made; of lost ones the last; of an erasure, the last
 *     transaction before it
 * @param instant when it was committed; of an erasure, when it was asked for
 * @param dataset the entity's dataset
 * @param id the entity's id
 * @param version the version that the change made; of an erasure the newest that it destroyed
 * @param op what it did
 * @param tags the tags of that version, in order
 * @param principal who made it
 * @param cursor the place right behind it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Change", description = "A change to an entity")
record ChangeDocument(
        @Schema(description = "Of lost transactions the first", example = "8711")
                @Nullable Long firstTransaction,
        @Schema(
                        description =
                                "In which the change was made. Of lost transactions the last; of an"
                                        + " erasure the last one before it.",
                        example = "8714")
                long transaction,
        @Schema(
                        description =
                                "When it was committed; of an erasure, when it was asked for. Left"
                                        + " out of lost transactions.",
                        example = "2026-11-23T09:00:00.000000001Z")
                @Nullable String instant,
        @Schema(example = "packages") @Nullable String dataset,
        @Schema(example = "left-pad") @Nullable String id,
        @Schema(description = "The version made; of an erasure the newest destroyed", example = "1")
                @Nullable Long version,
        @Schema(
                        implementation = String.class,
                        allowableValues = {
                            "created",
                            "updated",
                            "deleted",
                            "restored",
                            "erased",
                            "lost"
                        })
                ChangeOp op,
        @Schema(
                        description = "The tags of the version; none of what is deleted or erased",
                        example = "[\"major:1\", \"type:package\"]")
                @Nullable List<String> tags,
        @Schema(example = "anonymous") @Nullable String principal,
        @Schema(
                        description = "Goes on right behind this change",
                        example = "AQ3lB1kTq0m9bM0u8nK1xg")
                String cursor) {

    /** Copies the tags. */
    ChangeDocument {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** A version. */
    static ChangeDocument of(Entity entity, String cursor) {
        return new ChangeDocument(
                null,
                entity.version().transaction(),
                entity.version().at().toString(),
                entity.key().dataset(),
                entity.key().id(),
                entity.version().number(),
                ChangeOp.of(entity),
                entity.tags().keySet().stream().map(Tag::toString).toList(),
                entity.version().principal(),
                cursor);
    }

    /** An erasure. */
    static ChangeDocument of(Erasure erasure, String cursor) {
        return new ChangeDocument(
                null,
                erasure.sequence(),
                erasure.at().toString(),
                erasure.key().dataset(),
                erasure.key().id(),
                erasure.version(),
                ChangeOp.ERASED,
                List.of(),
                erasure.principal(),
                cursor);
    }

    /** Transactions that were given up. */
    static ChangeDocument of(Loss loss, String cursor) {
        return new ChangeDocument(
                loss.firstSequence(),
                loss.sequence(),
                null,
                null,
                null,
                null,
                ChangeOp.LOST,
                null,
                null,
                cursor);
    }

    /** Bytes that its texts take in memory, more or less. */
    long size() {
        long size = 2L * cursor.length();
        if (tags != null) {
            for (String tag : tags) {
                size += tag.length();
            }
        }
        return size;
    }
}

package io.entitydb.web.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.entitydb.entity.Backup;
import io.entitydb.entity.StoreBackups;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A backup that was verified.
 *
 * @param id names it
 * @param type full or incremental
 * @param base the full backup that it continues; its own id if it is full
 * @param bytes size of its file
 * @param madeAt when it was begun
 * @param after the transaction after which it begins; left out in a full one
 * @param to the last transaction that it holds
 * @param epoch of the history that it holds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Backup")
record BackupDocument(
        @Schema(example = "20261123T090000.000Z") String id,
        @Schema(example = "full") String type,
        @Schema(example = "20261123T090000.000Z") String base,
        @Schema(example = "52428800") long bytes,
        @Schema(example = "2026-11-23T09:00:00.000000000Z") String madeAt,
        StoreDocument.@Nullable Point after,
        StoreDocument.Point to,
        @Schema(example = "1") long epoch) {

    static BackupDocument of(Backup backup) {
        return new BackupDocument(
                backup.id(),
                backup.type().label(),
                backup.base(),
                backup.bytes(),
                backup.madeAt().toString(),
                backup.after() == null ? null : StoreDocument.Point.of(backup.after()),
                StoreDocument.Point.of(backup.to()),
                backup.epoch());
    }

    /**
     * Backups.
     *
     * @param items the newest first
     */
    @Schema(name = "BackupList")
    record Many(List<BackupDocument> items) {}

    /**
     * What came of making a backup.
     *
     * @param backup the newest backup
     * @param isNew false if nothing was written since it was made
     * @param deleted ids of older backups that were deleted
     */
    @Schema(name = "BackupResult")
    record Result(BackupDocument backup, @JsonProperty("new") boolean isNew, List<String> deleted) {

        static Result of(StoreBackups.Made made) {
            return new Result(BackupDocument.of(made.backup()), made.isNew(), made.deleted());
        }
    }
}

package io.entitydb.web.store;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.LogOrigin;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.StoreCondition;
import io.entitydb.entity.Tag;
import io.entitydb.query.PageRequest;
import io.entitydb.web.WebProperties;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * The store.
 *
 * @param storeId names the store; the same in its backups
 * @param formatVersion version of the format that is written
 * @param epoch grows when history may differ from what was told before
 * @param createdAt when it was made
 * @param state ready or read_only
 * @param reason why it takes no writes; left out if it does
 * @param livingEntities entities that are not deleted
 * @param newest the newest durable transaction
 * @param limits how much it takes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Store")
record StoreDocument(
        String storeId,
        int formatVersion,
        long epoch,
        String createdAt,
        String state,
        @Nullable String reason,
        @Schema(description = "Entities that are not deleted, those of the service among them")
                long livingEntities,
        Point newest,
        Limits limits) {

    static StoreDocument of(
            LogOrigin origin, LogPoint newest, StoreCondition condition, WebProperties properties) {
        return new StoreDocument(
                origin.storeId().toString(),
                condition.formatVersion(),
                origin.epoch(),
                origin.createdAt().toString(),
                condition.state(),
                condition.reason(),
                condition.livingEntities(),
                Point.of(newest),
                Limits.of(properties));
    }

    /**
     * History up to a transaction.
     *
     * @param transaction its number; 0 before the first
     * @param instant its commit time; before the first, when the store was made
     * @param digest the digest of all history up to it, in hexadecimal; zeros before the first
     */
    @Schema(name = "StorePoint")
    record Point(
            @Schema(example = "8714") long transaction,
            @Schema(example = "2026-11-23T09:00:00.000000001Z") String instant,
            String digest) {

        static Point of(LogPoint point) {
            return new Point(point.sequence(), point.at().toString(), point.digest().toString());
        }
    }

    /**
     * How much the store takes.
     *
     * @param idBytes longest id
     * @param tags most tags of an entity
     * @param tagBytes longest tag
     * @param bodyBytes largest body, and longest line of an import
     * @param contentBytes largest content that is sent as bytes
     * @param pageItems most items of a page
     */
    @Schema(name = "StoreLimits")
    record Limits(
            int idBytes, int tags, int tagBytes, long bodyBytes, long contentBytes, int pageItems) {

        private static Limits of(WebProperties properties) {
            return new Limits(
                    EntityKey.MAX_ID_BYTES,
                    Entity.MAX_TAGS,
                    Tag.MAX_BYTES,
                    properties.maxBody().toBytes(),
                    Math.min(properties.maxContent().toBytes(), ContentUpload.MAX_BYTES),
                    PageRequest.MAX_LIMIT);
        }
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Checksum;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a data file is, as its header tells it or its frames.
 *
 * @param storeId names the store; null if nothing tells
 * @param createdAt when the store was made
 * @param epoch of its history
 * @param isInterval whether what was acknowledged may be missing from it
 * @param checksum its checksums
 * @param header its header; null if both slots are lost
 * @param isSlotValid whether a slot holds the header as it was written
 */
record Origin(
        @Nullable UUID storeId,
        long createdAt,
        long epoch,
        boolean isInterval,
        Checksum checksum,
        @Nullable Header header,
        boolean isSlotValid) {

    static Origin of(Header header, boolean isSlotValid) {
        FileIdentity identity = header.identity();
        return new Origin(
                identity.storeId(),
                identity.createdAt(),
                header.epoch(),
                header.isInterval(),
                new Checksum(identity),
                header,
                isSlotValid);
    }

    /** What is known of it once a copy is known to be of the same store. */
    Origin like(Origin copy) {
        return new Origin(
                copy.storeId,
                copy.createdAt,
                Math.max(epoch, copy.epoch),
                isInterval,
                checksum,
                header,
                isSlotValid);
    }

    /** The name of the store; a new one if nothing tells the old one. */
    UUID storeIdOrNew() {
        return storeId == null ? UUID.randomUUID() : storeId;
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Checksum;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a data file is, as its header tells it or its frames.
 *
 * @param storeId names the store
 * @param createdAt when the store was made
 * @param epoch of its history
 * @param isInterval whether what was acknowledged may be missing from it
 * @param checksum its checksums
 * @param header its header; null if both slots are lost
 */
record Origin(
        UUID storeId,
        long createdAt,
        long epoch,
        boolean isInterval,
        Checksum checksum,
        @Nullable Header header) {

    static Origin of(Header header) {
        FileIdentity identity = header.identity();
        return new Origin(
                identity.storeId(),
                identity.createdAt(),
                header.epoch(),
                header.isInterval(),
                new Checksum(identity),
                header);
    }
}

package io.entitydb.storage.header;

import java.util.UUID;

/**
 * What is fixed for one file.
 *
 * @param storeId names the store; survives compaction, backup and restore
 * @param createdAt when the store was made, in nanoseconds since 1970
 * @param fileId names this very file; everything derived from it carries it
 * @param secret seeds the checksums, so that content cannot forge frames; never shown
 */
public record FileIdentity(UUID storeId, long createdAt, UUID fileId, UUID secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "FileIdentity[storeId=" + storeId + ", fileId=" + fileId + "]";
    }
}

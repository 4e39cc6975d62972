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

    private static final UUID NIL = new UUID(0, 0);

    /**
     * Refuses ids that were never drawn.
     *
     * @throws HeaderRuleException naming the broken rule
     */
    public FileIdentity {
        requireDrawn("store-id-drawn", storeId);
        requireDrawn("file-id-drawn", fileId);
        requireDrawn("secret-drawn", secret);
        if (createdAt < 0) {
            throw new HeaderRuleException("created-at-not-negative", "createdAt is " + createdAt);
        }
    }

    private static void requireDrawn(String rule, UUID id) {
        if (id.equals(NIL)) {
            throw new HeaderRuleException(rule, "all bits are zero");
        }
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "FileIdentity[storeId=" + storeId + ", fileId=" + fileId + "]";
    }
}

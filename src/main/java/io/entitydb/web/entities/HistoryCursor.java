package io.entitydb.web.entities;

import io.entitydb.entity.InvalidQueryException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a listing of versions goes on.
 *
 * <p><b>Shape:</b> base64url of 28 bytes: next version, newest version, snapshot (8 bytes each, big
 * endian), CRC-32C of the listing's description and those 24 bytes.
 *
 * @param next the first version of the next page
 * @param newest the newest version when the listing began
 * @param snapshot the transaction after which the listing began
 */
record HistoryCursor(long next, long newest, long snapshot) {

    private static final int BODY_BYTES = 3 * Long.BYTES;

    /** The cursor as text, bound to the listing that is described. */
    String encode(String listing) {
        ByteBuffer bytes = ByteBuffer.allocate(BODY_BYTES + Integer.BYTES);
        bytes.putLong(next).putLong(newest).putLong(snapshot);
        bytes.putInt(checksum(listing, bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads a cursor.
     *
     * @throws InvalidQueryException if it is damaged or belongs to another listing
     */
    static HistoryCursor decode(String text, String listing) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(text));
        if (bytes.remaining() != BODY_BYTES + Integer.BYTES
                || bytes.getInt(BODY_BYTES) != checksum(listing, bytes.array())) {
            throw invalid();
        }
        HistoryCursor cursor = new HistoryCursor(bytes.getLong(), bytes.getLong(), bytes.getLong());
        if (cursor.next < 1 || cursor.newest < cursor.next || cursor.snapshot < 0) {
            throw invalid();
        }
        return cursor;
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static int checksum(String listing, byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, BODY_BYTES);
        checksum.update(listing.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    private static InvalidQueryException invalid() {
        return new InvalidQueryException(
                "cursor", "the cursor is damaged or belongs to another listing");
    }
}

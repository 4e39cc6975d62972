package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.OpaqueText;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where a page ended. Holds all that the next page needs, so that nothing is kept between them.
 *
 * <p><b>Shape:</b> an {@link OpaqueText}, whose body is, big-endian: storeId (16) · epoch (8) ·
 * snapshot (8) · fingerprint of the query (32) · count of numbers (1) · numbers (8 each) · id in
 * UTF-8 to the end.
 *
 * @param origin the history to which the snapshot belongs
 * @param snapshot the transaction after which all pages of the answer show the store
 * @param fingerprint the query
 * @param place the last place that was shown
 */
record Cursor(IndexOrigin origin, long snapshot, Digest fingerprint, SortOrder.Place place) {

    private static final byte FORMAT = 1;
    private static final int FIXED_BYTES = 4 * Long.BYTES + Digest.BYTES + 1;

    /** Room for the longest id or tag and every level; a longer text is no cursor of ours. */
    private static final int MAX_CHARS = 2048;

    /** The text of the cursor. */
    String write() {
        byte[] id = place.id().getBytes(StandardCharsets.UTF_8);
        int size = FIXED_BYTES + place.numbers().size() * Long.BYTES + id.length;
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putLong(origin.storeId().getMostSignificantBits());
        out.putLong(origin.storeId().getLeastSignificantBits());
        out.putLong(origin.epoch()).putLong(snapshot).put(fingerprint.bytes());
        out.put((byte) place.numbers().size());
        place.numbers().forEach(out::putLong);
        out.put(id);
        return OpaqueText.write(FORMAT, out.array());
    }

    /**
     * Reads the text of a cursor.
     *
     * @throws InvalidQueryException if it is not exactly what {@link #write} gave
     */
    static Cursor read(String text) {
        if (text.length() > MAX_CHARS) {
            throw damaged();
        }
        ByteBuffer body = OpaqueText.read(FORMAT, text);
        if (body == null) {
            throw damaged();
        }
        try {
            Cursor cursor = of(body);
            // Bytes that are no UTF-8 would come back as others.
            if (!cursor.write().equals(text)) {
                throw damaged();
            }
            return cursor;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw damaged();
        }
    }

    private static Cursor of(ByteBuffer in) {
        UUID storeId = new UUID(in.getLong(), in.getLong());
        IndexOrigin origin = new IndexOrigin(storeId, in.getLong());
        long snapshot = in.getLong();
        byte[] fingerprint = new byte[Digest.BYTES];
        in.get(fingerprint);
        int count = Byte.toUnsignedInt(in.get());
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(in.getLong());
        }
        byte[] id = new byte[in.remaining()];
        in.get(id);
        return new Cursor(
                origin,
                snapshot,
                Digest.of(fingerprint),
                new SortOrder.Place(numbers, new String(id, StandardCharsets.UTF_8)));
    }

    /**
     * Checks that the next page can be given.
     *
     * @param presentOrigin the history that the engine tells
     * @param newest its newest transaction
     * @param query fingerprint of the query that was asked with the cursor
     * @param numbers levels of its order before the id
     * @throws InvalidQueryException if the cursor belongs to another query or another history
     */
    void requireFits(IndexOrigin presentOrigin, long newest, Digest query, int numbers) {
        if (!origin.equals(presentOrigin) || snapshot < 0 || snapshot > newest) {
            throw new InvalidQueryException("cursor", "the cursor's snapshot is gone");
        }
        if (!fingerprint.equals(query) || place.numbers().size() != numbers) {
            throw new InvalidQueryException("cursor", "the cursor belongs to another query");
        }
    }

    private static InvalidQueryException damaged() {
        return new InvalidQueryException("cursor", "the cursor is damaged");
    }
}

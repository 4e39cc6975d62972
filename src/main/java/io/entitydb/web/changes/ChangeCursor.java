package io.entitydb.web.changes;

import io.entitydb.entity.LogOrigin;
import io.entitydb.entity.LogPoint;
import io.entitydb.query.OpaqueText;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A place in the feed as clients keep it. Holds all that is needed to go on, so that the service
 * keeps nothing for a client.
 *
 * <p><b>Shape:</b> an {@link OpaqueText} of 71 characters, whose body is: store (8) · epoch (8) ·
 * transaction (8) · last change (8) · erasures (4) · digest (8). The store is its id, both halves
 * XORed; the digest is the beginning of that of history up to the transaction, zeros where it is
 * not known.
 *
 * @param store which store
 * @param epoch which history of it
 * @param transaction the last transaction of which something was told
 * @param last which of its changes was told last, as {@link ChangePlace} says it
 * @param erasures how many of the erasures behind it were told
 * @param digest what tells this transaction from one of the same number in another history
 */
record ChangeCursor(
        long store, long epoch, long transaction, long last, int erasures, long digest) {

    private static final byte FORMAT = 1;
    private static final int BYTES = 5 * Long.BYTES + Integer.BYTES;

    /** The cursor of a place in a history. */
    static ChangeCursor of(LogOrigin origin, ChangePlace place) {
        return new ChangeCursor(
                storeOf(origin),
                origin.epoch(),
                place.transaction(),
                place.last(),
                place.erasures(),
                digestOf(place.point()));
    }

    /** The text of the cursor. */
    String write() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putLong(store).putLong(epoch).putLong(transaction);
        out.putLong(last).putInt(erasures).putLong(digest);
        return OpaqueText.write(FORMAT, out.array());
    }

    /** Reads the text of a cursor; null if it is not exactly what {@link #write} gave. */
    static @Nullable ChangeCursor read(String text) {
        ByteBuffer in = OpaqueText.read(FORMAT, text);
        if (in == null || in.remaining() != BYTES) {
            return null;
        }
        ChangeCursor cursor =
                new ChangeCursor(
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getInt(),
                        in.getLong());
        return ChangePlace.isPossible(cursor.transaction, cursor.last, cursor.erasures)
                ? cursor
                : null;
    }

    /**
     * The place in a history.
     *
     * @param point the transaction of the cursor in that history; null if it has none
     * @return null if the cursor belongs to another history
     */
    @Nullable ChangePlace in(LogOrigin origin, @Nullable LogPoint point) {
        if (point == null || store != storeOf(origin) || epoch != origin.epoch()) {
            return null;
        }
        long present = digestOf(point);
        boolean isSame = digest == 0 || present == 0 || digest == present;
        return isSame ? new ChangePlace(point, last, erasures) : null;
    }

    private static long storeOf(LogOrigin origin) {
        return origin.storeId().getMostSignificantBits()
                ^ origin.storeId().getLeastSignificantBits();
    }

    private static long digestOf(LogPoint point) {
        return ByteBuffer.wrap(point.digest().bytes()).getLong();
    }
}

package io.entitydb.storage;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameLayout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/** Which structure each byte of an undamaged data file belongs to. */
final class StoreMap {

    /** Bytes of a slot that the header takes, and the distance of the slots. */
    private static final int HEADER_BYTES = 256;

    private static final int SLOT_BYTES = 4096;

    private final TreeMap<Integer, Structure> starts = new TreeMap<>();
    private final int end;

    private StoreMap(ByteBuffer data) {
        for (int slot = 0; slot < Header.DATA_OFFSET; slot += SLOT_BYTES) {
            starts.put(slot, Structure.HEADER_SLOT);
            starts.put(slot + HEADER_BYTES, Structure.SLOT_PADDING);
        }
        int at = Math.toIntExact(Header.DATA_OFFSET);
        int dictionary = at;
        while (data.limit() - at >= FrameLayout.HEADER_BYTES
                && data.getInt(at + FrameLayout.MARKER) == FrameLayout.MARKER_VALUE) {
            Structure content = content(data.getInt(at + FrameLayout.TYPE));
            if (content == Structure.EARLIER_DICTIONARY) {
                dictionary = at;
            }
            starts.put(at, Structure.FRAME_HEADER);
            starts.put(at + FrameLayout.HEADER_BYTES, content);
            at += data.getInt(at + FrameLayout.LENGTH);
            starts.put(at - FrameLayout.TRAILER_BYTES, Structure.FRAME_TRAILER);
        }
        starts.put(dictionary + FrameLayout.HEADER_BYTES, Structure.NEWEST_DICTIONARY);
        starts.put(at, Structure.FREE_SPACE);
        end = at;
    }

    /** What FORMAT.md says of the types of frames. */
    private static Structure content(int type) {
        return switch (type) {
            case 1 -> Structure.VERSION_RECORD;
            case 2 -> Structure.EARLIER_DICTIONARY;
            case 3 -> Structure.CHUNK_RECORD;
            default -> Structure.OTHER_RECORD;
        };
    }

    /** The map of a file that is closed or ends in zeros. */
    static StoreMap of(byte[] data) {
        return new StoreMap(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The structure at a position. */
    Structure at(int position) {
        return starts.floorEntry(position).getValue();
    }

    /** Position behind the last frame. */
    int end() {
        return end;
    }
}

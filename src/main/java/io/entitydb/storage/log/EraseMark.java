package io.entitydb.storage.log;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an erasure destroys, or a part of it. The mark is durable before the first of its records is
 * overwritten, so that who finds them half overwritten can finish.
 *
 * <p><b>Source:</b> FORMAT.md, "Erase mark record".
 *
 * @param number of the erasure in the ledger
 * @param key the entity
 * @param version the newest version that is erased, with all before it
 * @param at when it was asked for, in nanoseconds since 1970
 * @param principal who asked for it
 * @param livingDelta what it adds to the number of living entities: −1 or 0
 * @param targets the records that are overwritten
 */
public record EraseMark(
        long number,
        EntityKey key,
        long version,
        long at,
        String principal,
        int livingDelta,
        List<Target> targets) {

    /** Most records of one mark. */
    static final int MAX_TARGETS = 4096;

    private static final int TARGET_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /**
     * A record that is overwritten.
     *
     * @param position where it begins
     * @param length its bytes
     * @param crc checksum of its erased form
     */
    public record Target(long position, int length, int crc) {}

    /** Copies the list. */
    public EraseMark {
        targets = List.copyOf(targets);
    }

    /** How many bytes its frame takes at most. */
    public long maxBytes() {
        return FrameLayout.HEADER_BYTES
                + FrameLayout.TRAILER_BYTES
                + RecordLayout.PREFIX_BYTES
                + 3L * Long.BYTES
                + Integer.BYTES
                + 3 * 256
                + (long) TARGET_BYTES * targets.size()
                + FrameLayout.ALIGNMENT;
    }

    /**
     * Reads the record of an erase mark's frame.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if it is none
     */
    public static EraseMark of(Frame frame) {
        RawRecord record = frame.records().getFirst();
        if (record.kind() != RecordKind.ERASE_MARK) {
            throw record.corrupt("erase mark expected, found record of kind " + record.kind());
        }
        RecordBody body = record.body(RecordLayout.PREFIX_BYTES);
        long number = body.readLong();
        long version = body.readLong();
        long at = body.readLong();
        int count = body.readInt();
        if (count < 0 || count > MAX_TARGETS) {
            throw record.corrupt("erase mark of " + count + " records");
        }
        try {
            EntityKey key =
                    new EntityKey(body.readText(body.readByte()), body.readText(body.readByte()));
            String principal = body.readText(body.readByte());
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                targets.add(new Target(body.readLong(), body.readInt(), body.readInt()));
            }
            int delta = record.bytes()[RecordLayout.LIVING_DELTA] - VersionRecord.DELTA_CODE_OFFSET;
            if (delta < -1 || delta > 0) {
                throw record.corrupt("erase mark adds " + delta + " living entities");
            }
            return new EraseMark(number, key, version, at, principal, delta, targets);
        } catch (EntityDbException e) {
            throw record.corrupt("erase mark does not decode: " + e.getMessage());
        }
    }

    void writeTo(ByteBuffer buffer) {
        buffer.putLong(number).putLong(version).putLong(at).putInt(targets.size());
        putText(buffer, key.dataset());
        putText(buffer, key.id());
        putText(buffer, principal);
        for (Target target : targets) {
            buffer.putLong(target.position()).putInt(target.length()).putInt(target.crc());
        }
    }

    private static void putText(ByteBuffer buffer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.put((byte) bytes.length).put(bytes);
    }
}

package io.entitydb.storage.index;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One part of the index: a hash table of fixed size in off-heap memory.
 *
 * <p><b>Shape:</b> a power of two of slots, each a hash and a position of eight bytes; hash 0 is an
 * empty slot. A key stands in the first free slot from its home, {@code hash mod slots}, on, and
 * never leaves it. At most three quarters of the slots are taken, so that every probe ends.
 *
 * <p>One writer thread; {@link #find} and {@link #forEach} from any thread, without a lock. The
 * memory goes when no thread can reach the segment any more. The theory stands in {@link
 * EntityIndex}.
 */
final class Segment {

    /** Bytes of one slot: a hash and a position. */
    static final long SLOT_BYTES = 2 * Long.BYTES;

    /** So that a slot never lies across two cache lines. */
    private static final long CACHE_LINE_BYTES = 64;

    private static final long POSITION = Long.BYTES;

    private static final VarHandle WORD =
            ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    /** Slots of the smallest segment that holds anything. */
    static final long SMALLEST_SLOTS = 16;

    /** Stands for every segment that holds nothing yet; full, so that it is never written to. */
    static final Segment NOTHING = nothing();

    private final MemorySegment memory;
    private final long mask;

    /** Taken slots; the writer's own. */
    private long taken;

    /**
     * An empty table.
     *
     * @param slots a power of two, at least 4
     */
    Segment(long slots) {
        memory = Arena.ofAuto().allocate(Math.multiplyExact(slots, SLOT_BYTES), CACHE_LINE_BYTES);
        mask = slots - 1;
    }

    private static Segment nothing() {
        Segment half = new Segment(SMALLEST_SLOTS / 2);
        half.taken = limit(SMALLEST_SLOTS / 2);
        return half;
    }

    /** The fewest slots, a power of two and at least the given, that hold so many entries. */
    static long slotsFor(long entries, long atLeast) {
        long slots = atLeast;
        while (limit(slots) < entries) {
            slots = Math.multiplyExact(slots, 2);
        }
        return slots;
    }

    private static long limit(long slots) {
        return slots - slots / 4;
    }

    long memoryBytes() {
        return memory.byteSize();
    }

    boolean isFull() {
        return taken >= limit(mask + 1);
    }

    /** The position under this hash that passes the test; 0 if none does. */
    long find(long hash, PositionTest isKey) {
        for (long slot = hash & mask; ; slot = (slot + 1) & mask) {
            long found = hashAt(slot);
            if (found == hash) {
                long position = positionAt(slot);
                if (isKey.test(position)) {
                    return position;
                }
            }
            if (found == 0) {
                return 0;
            }
        }
    }

    /** The slot that holds this pair; -1 if none does. */
    private long slotOf(long hash, long position) {
        for (long slot = hash & mask; ; slot = (slot + 1) & mask) {
            long found = hashAt(slot);
            if (found == hash && positionAt(slot) == position) {
                return slot;
            }
            if (found == 0) {
                return -1;
            }
        }
    }

    /**
     * Takes a free slot; the segment must not be full.
     *
     * @return how many slots it stands behind its home
     */
    long add(long hash, long position) {
        long distance = 0;
        while (hashAt((hash + distance) & mask) != 0) {
            distance++;
        }
        long offset = ((hash + distance) & mask) * SLOT_BYTES;
        // A reader that sees the hash must see the position.
        WORD.set(memory, offset + POSITION, position);
        WORD.setRelease(memory, offset, hash);
        taken++;
        return distance;
    }

    /** Gives the slot that holds the first pair another position; false if there is none. */
    boolean replace(long hash, long previousPosition, long position) {
        long slot = slotOf(hash, previousPosition);
        if (slot < 0) {
            return false;
        }
        setPosition(slot, position);
        return true;
    }

    /**
     * Sees to it that the slot of the key with this hash that passes the test, if there is one,
     * holds at least this position; false if there is none.
     */
    boolean raise(long hash, long position, PositionTest isKey) {
        for (long slot = hash & mask; ; slot = (slot + 1) & mask) {
            long found = hashAt(slot);
            if (found == hash && isKey.test(positionAt(slot))) {
                setPosition(slot, Math.max(position, positionAt(slot)));
                return true;
            }
            if (found == 0) {
                return false;
            }
        }
    }

    boolean contains(long hash, long position) {
        return slotOf(hash, position) >= 0;
    }

    /** Passes on each entry that was there before the call, in the order of the slots. */
    void forEach(EntryVisitor visitor) {
        if (this == NOTHING) {
            return;
        }
        for (long slot = 0; slot <= mask; slot++) {
            long hash = hashAt(slot);
            if (hash != 0) {
                visitor.visit(hash, positionAt(slot));
            }
        }
    }

    /** A copy with twice the slots; this segment stays as it is. */
    Segment grown() {
        Segment twice = new Segment(Math.multiplyExact(mask + 1, 2));
        forEach(twice::add);
        return twice;
    }

    private long hashAt(long slot) {
        return (long) WORD.getAcquire(memory, slot * SLOT_BYTES);
    }

    private long positionAt(long slot) {
        return (long) WORD.getAcquire(memory, slot * SLOT_BYTES + POSITION);
    }

    private void setPosition(long slot, long position) {
        WORD.setRelease(memory, slot * SLOT_BYTES + POSITION, position);
    }
}

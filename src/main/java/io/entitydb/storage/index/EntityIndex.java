package io.entitydb.storage.index;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where the newest version of each entity stands in the log: hash of the key to position.
 *
 * <p><b>Shape:</b> 64-bit hashes, never 0; positions in bytes from the start of the file, never 0.
 * Two keys may share a hash; each has an entry of its own, and the record at the position tells
 * which is whose. Entries are never removed: a deleted entity has a newest version too.
 *
 * <p>{@link #insert}, {@link #replace} and {@link #replay} are called by one thread at a time;
 * everything else by any thread, without a lock.
 */
public final class EntityIndex {

    /*
     * Layout. The top byte of a hash chooses one of 256 segments, its low bits the home slot
     * within it; linear probing from there on [1]. A slot takes 16 bytes, and a segment doubles
     * when three quarters of its slots are taken, so an entity costs between 21 and 43 bytes, and
     * an empty index next to nothing. Many small segments keep the writer's longest pause short: at 100
     * million entities one resize copies 8 MiB.
     *
     * Readers and the writer. A slot's hash is written once and never changes; its position only
     * ever goes from one version of the key to a later one. The writer stores the position before
     * it releases the hash, and readers acquire the hash before they read the position, so a pair
     * that is read always belongs together, and position 0 is never seen. A position is released
     * and acquired as well: who reads it also sees what the writer did before, the record
     * included. A segment is filled before it is released in place of the old one. The old one is
     * not written any more, and its memory lives as long as a reader holds it (an automatic arena:
     * the garbage collector frees it, and counts it against the limit of direct memory). A reader
     * that took the old segment answers as of the moment it took it; whoever learned of an insert
     * before its call began finds it, because the segment it takes is then at least as new.
     *
     * Iteration beside the writer. forEach takes each segment once. It sees each entry that was
     * there when it was called: a slot that was taken then is taken in that segment and in each
     * later copy. It sees no key twice, since a key never leaves its slot, nor its segment number.
     * Entries added or moved meanwhile are seen in their old or new state, and those written after
     * a resize of a segment that is being iterated are not seen at all. A checkpoint is none the
     * worse for it. Let P be the point of the log up to which all had been applied to the index
     * before forEach was called. The image holds, for each key with a version before P, the newest
     * one before P or a later one; and for keys that came after P, some version or none. What it
     * may lack lies behind P, and the log is replayed from P on. What it may hold too early is
     * the same key at a later position, which the replay keeps, because it keeps the highest.
     *
     * Replay. A record (key, previous version, position) meets one of these, looked for in this
     * order, so that a record is read only if it must be:
     *   a slot with this hash that holds position: the image, or an earlier replay, had it;
     *   a slot with this hash that holds the previous version: it is the key's, and moves on;
     *   no slot with this hash: the key is new to the index;
     *   slots with this hash and other positions: either another key's with the same hash, or this
     *   key's at a later version. Only the records there can tell.
     * By induction over the log each key of the records replayed so far stands at the newest of
     * them or later. At the end of the log there is nothing later, so the index equals one that
     * is built from the whole log.
     *
     * [1] D. Knuth, The Art of Computer Programming, vol. 3, section 6.4, algorithm L. At a load
     *     of 3/4 a hit takes 2.5 probes and a miss 8.5, four of them in one cache line.
     */

    private static final int SEGMENT_BITS = 8;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;

    private final AtomicReferenceArray<Segment> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final AtomicLong size = new AtomicLong();

    /** An empty index. */
    public EntityIndex() {
        this(0);
    }

    /**
     * An empty index with room. So few entries that the smallest segments hold them take none
     * before they come: most of the segments stay empty then.
     *
     * @param expectedEntries as many are inserted without a resize, if their hashes spread evenly
     */
    public EntityIndex(long expectedEntries) {
        long slots =
                Segment.slotsFor(
                        Math.ceilDiv(expectedEntries, (long) SEGMENTS), Segment.SMALLEST_SLOTS);
        for (int i = 0; i < SEGMENTS; i++) {
            segments.setPlain(
                    i, slots == Segment.SMALLEST_SLOTS ? Segment.NOTHING : new Segment(slots));
        }
    }

    /**
     * The newest position of a key; allocates nothing.
     *
     * @param isKey asked for each position that stands under this hash, until it says yes
     * @return 0 if the index does not hold the key
     */
    public long find(long hash, PositionTest isKey) {
        return segmentOf(hash).find(hash, isKey);
    }

    /** Adds a key that the index does not hold. */
    public void insert(long hash, long position) {
        add(hash, position);
    }

    /**
     * Moves a key to a later version.
     *
     * @return false if no entry has this hash and the previous position; nothing is changed then
     */
    public boolean replace(long hash, long previousPosition, long position) {
        requireEntry(hash, position);
        return segmentOf(hash).replace(hash, previousPosition, position);
    }

    /**
     * Applies a record of the log to an index that may hold it already, or a later version of its
     * key; the highest position stays. Records come in the order of the log.
     *
     * @param previousPosition the key's previous version; 0 if this is the first
     * @param isKey asked only if entries with this hash hold neither of the two positions; these
     *     may lie further on in the log than the record
     */
    public void replay(long hash, long previousPosition, long position, PositionTest isKey) {
        requireEntry(hash, position);
        Segment segment = segmentOf(hash);
        boolean isApplied =
                segment.contains(hash, position)
                        || segment.replace(hash, previousPosition, position)
                        || segment.raise(hash, position, isKey);
        if (!isApplied) {
            add(hash, position);
        }
    }

    /** How many entities the index holds, deleted ones included. */
    public long size() {
        return size.get();
    }

    /** Off-heap bytes in use; what the garbage collector has yet to free is not counted. */
    public long memoryBytes() {
        long bytes = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            bytes += segments.getAcquire(i).memoryBytes();
        }
        return bytes;
    }

    /**
     * Passes on each entry that was there before the call, each key once, beside the writer:
     * entries that are added or moved meanwhile come in their old or their new state.
     */
    public void forEach(EntryVisitor visitor) {
        for (int i = 0; i < SEGMENTS; i++) {
            segments.getAcquire(i).forEach(visitor);
        }
    }

    /** As {@link #insert}; tells how many slots the entry stands behind its home. */
    long add(long hash, long position) {
        requireEntry(hash, position);
        Segment segment = segmentOf(hash);
        if (segment.isFull()) {
            segment = segment.grown();
            segments.setRelease(segmentNumber(hash), segment);
        }
        long distance = segment.add(hash, position);
        size.incrementAndGet();
        return distance;
    }

    private Segment segmentOf(long hash) {
        return segments.getAcquire(segmentNumber(hash));
    }

    private static int segmentNumber(long hash) {
        return (int) (hash >>> (Long.SIZE - SEGMENT_BITS));
    }

    private static void requireEntry(long hash, long position) {
        if (hash == 0 || position <= 0) {
            throw new IllegalArgumentException(
                    "no entry of the index: hash " + hash + ", position " + position);
        }
    }
}

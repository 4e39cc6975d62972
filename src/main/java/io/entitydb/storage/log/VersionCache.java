package io.entitydb.storage.log;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Versions that are read again and again, verified once. Thread-safe, takes no lock.
 *
 * <p>A record never changes but by an erasure, so its position is all that a version is known by;
 * whatever was read before an erasure made a step is forgotten ({@link EraseTable#steps}).
 *
 * <p><b>Bound.</b> A power of two of places, each for one version of at most {@link #MAX_BYTES}, in
 * pairs. A version gets into the pair of its position's hash when it is read for the second time
 * with none of the same pair in between, so that reading a whole store once does not sweep out what
 * is read often; who came first goes first. All together take no more than {@link #VERSION_BYTES}
 * times the number that was asked for: where versions are larger than that, others make room for
 * them, in the order of the places.
 */
public final class VersionCache {

    /** Longest record that is kept: from there on copying costs more than finding. */
    static final int MAX_BYTES = 4096;

    /** Memory of a version that is usual, in bytes. */
    public static final int VERSION_BYTES = 2048;

    /** What a version takes beside its record, once it is decoded; measured with four tags. */
    private static final int DECODED_BYTES = 768;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EraseTable erasing;
    private final AtomicReferenceArray<@Nullable Kept> places;

    /** Position that was read last and is not kept, by pair. */
    private final AtomicLongArray seen;

    private final int shift;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** What looks ahead saw; written so that the compiler cannot leave out what has no effect. */
    @SuppressWarnings("unused")
    private long touched;

    /** The place that makes room next; any number. */
    private final AtomicInteger hand = new AtomicInteger();

    /**
     * What is kept.
     *
     * @param position of the version; here too, so that a look at another one ends here
     * @param steps that erasures had made before it was read
     */
    private record Kept(long position, long steps, VersionRecord version) {

        private int bytes() {
            return (int) (version.end() - position) + DECODED_BYTES;
        }
    }

    /**
     * A cache of one file.
     *
     * @param versions most versions of {@link #VERSION_BYTES} bytes; if they are smaller, up to the
     *     next power of two
     * @param erasing what is being erased in the file
     */
    VersionCache(int versions, EraseTable erasing) {
        this.erasing = erasing;
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(versions - 1));
        places = new AtomicReferenceArray<>(1 << bits);
        seen = new AtomicLongArray(1 << (bits - 1));
        shift = Long.SIZE - bits;
        mostBytes = (long) versions * VERSION_BYTES;
    }

    /** The version at a position; null if it is not kept. */
    @Nullable VersionRecord find(long position) {
        int place = firstOfPair(position);
        Kept kept = places.getAcquire(place);
        if (kept == null || kept.position != position) {
            kept = places.getAcquire(place + 1);
        }
        return kept != null && kept.position == position && kept.steps == erasing.steps()
                ? kept.version
                : null;
    }

    /**
     * Looks at what reads of some versions are going to look at. Each step is made for all of them
     * before the next one, so that the processor waits for many places of memory at a time.
     */
    void touch(long[] positions) {
        long sum = 0;
        for (long position : positions) {
            sum += places.getAcquire(firstOfPair(position)) == null ? 0 : 1;
        }
        @Nullable VersionRecord[] kept = new VersionRecord[positions.length];
        for (int i = 0; i < positions.length; i++) {
            kept[i] = find(positions[i]);
        }
        for (VersionRecord version : kept) {
            sum += version == null ? 0 : version.number() & 1;
        }
        for (VersionRecord version : kept) {
            sum += version == null ? 0 : version.decodedIdLength();
        }
        touched = sum;
    }

    /**
     * Keeps a version, if it was read before.
     *
     * @param steps that erasures had made before its bytes were read
     */
    void offer(VersionRecord version, long steps) {
        long position = version.position();
        if (version.end() - position > MAX_BYTES) {
            return;
        }
        int place = firstOfPair(position);
        if (seen.getPlain(place / 2) == position) {
            keep(place, new Kept(position, steps, version));
        } else {
            seen.setPlain(place / 2, position);
        }
    }

    /** Each that is kept comes in at the first place of a pair, and is counted until it is out. */
    private void keep(int place, Kept kept) {
        for (int i = 0; i < places.length() && bytes.get() + kept.bytes() > mostBytes; i++) {
            dropped(places.getAndSet(hand.getAndIncrement() & (places.length() - 1), null));
        }
        bytes.addAndGet(kept.bytes());
        Kept before = places.getAndSet(place, kept);
        if (before != null) {
            dropped(places.getAndSet(place + 1, before));
        }
    }

    private void dropped(@Nullable Kept kept) {
        if (kept != null) {
            bytes.addAndGet(-kept.bytes());
        }
    }

    /** Memory of what is kept, in bytes, as it is estimated. */
    long bytes() {
        return bytes.get();
    }

    private int firstOfPair(long position) {
        return (int) ((position * SPREAD) >>> shift) & -2;
    }
}

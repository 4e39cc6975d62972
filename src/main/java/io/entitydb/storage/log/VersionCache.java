package io.entitydb.storage.log;

import org.jspecify.annotations.Nullable;

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
 * is read often; who came first goes first.
 */
public final class VersionCache {

    /** Longest record that is kept: from there on copying costs more than finding. */
    static final int MAX_BYTES = 4096;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EraseTable erasing;
    private final AtomicReferenceArray<@Nullable Kept> places;

    /** Position that was read last and is not kept, by pair. */
    private final AtomicLongArray seen;

    private final int shift;

    /**
     * What is kept.
     *
     * @param position of the version; here too, so that a look at another one ends here
     * @param steps that erasures had made before it was read
     */
    private record Kept(long position, long steps, VersionRecord version) {}

    /**
     * A cache of one file.
     *
     * @param versions most versions; rounded up to a power of two
     * @param erasing what is being erased in the file
     */
    VersionCache(int versions, EraseTable erasing) {
        this.erasing = erasing;
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(versions - 1));
        places = new AtomicReferenceArray<>(1 << bits);
        seen = new AtomicLongArray(1 << (bits - 1));
        shift = Long.SIZE - bits;
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
            places.setRelease(place + 1, places.getAcquire(place));
            places.setRelease(place, new Kept(position, steps, version));
        } else {
            seen.setPlain(place / 2, position);
        }
    }

    private int firstOfPair(long position) {
        return (int) ((position * SPREAD) >>> shift) & -2;
    }
}

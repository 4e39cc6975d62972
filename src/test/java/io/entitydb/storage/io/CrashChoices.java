package io.entitydb.storage.io;

import io.entitydb.storage.io.CrashChoice.Growth;
import io.entitydb.storage.io.Tear.Fill;
import io.entitydb.storage.io.Tear.Shape;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws the ways in which a power cut may end, each once.
 *
 * <p>First whole writes: every subset if there are at most four, else all prefixes, all but one and
 * only one, each with every growth and every prefix of the directory changes. If these are more
 * than half of the limit, a sample of them, with the two extremes (everything, nothing) first. Then
 * random ones, most of them torn.
 */
final class CrashChoices implements Iterator<CrashChoice> {

    private static final int ALL_SUBSETS_MAX = 4;

    /** Draws in a row that bring nothing new before the space counts as exhausted. */
    private static final int BARREN_DRAWS_MAX = 50;

    private static final List<Shape> SHAPES = List.of(Shape.values());
    private static final List<Fill> FILLS = List.of(Fill.values());
    private static final int[] BLOCK_BYTES = {8, 512, 4096};

    private final List<PendingWrite> writes;
    private final int directoryChanges;
    private final List<Growth> growths;
    private final SplittableRandom random;
    private final int limit;
    private final long systematicCount;
    private final Set<CrashChoice> seen = new HashSet<>();
    private long nextSystematic;
    private @Nullable CrashChoice next;

    CrashChoices(
            List<PendingWrite> writes, int directoryChanges, boolean isGrowing, CrashPlan plan) {
        this.writes = writes;
        this.directoryChanges = directoryChanges;
        this.growths = isGrowing ? List.of(Growth.values()) : List.of(Growth.AS_WRITTEN);
        this.random = new SplittableRandom(plan.seed());
        this.limit = plan.limit();
        this.systematicCount = selections() * growths.size() * (directoryChanges + 1L);
    }

    @Override
    public boolean hasNext() {
        for (int barren = 0; next == null && seen.size() < limit; barren++) {
            if (barren == BARREN_DRAWS_MAX) {
                return false;
            }
            var candidate = candidate();
            if (seen.add(candidate)) {
                next = candidate;
            }
        }
        return next != null;
    }

    @Override
    public CrashChoice next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var result = Objects.requireNonNull(next);
        next = null;
        return result;
    }

    private CrashChoice candidate() {
        boolean isSample = systematicCount > Math.max(2, limit / 2);
        long index = nextSystematic++;
        if (isSample) {
            if (index == 0) {
                return whole(0, Growth.AS_WRITTEN, 0);
            }
            if (index == 1) {
                return whole(lastSelection(), Growth.AS_WRITTEN, directoryChanges);
            }
            if (index < limit / 2) {
                return systematic(random.nextLong(systematicCount));
            }
        } else if (index < systematicCount) {
            return systematic(index);
        }
        return drawn();
    }

    private CrashChoice systematic(long index) {
        int growth = (int) (index % growths.size());
        long rest = index / growths.size();
        int changes = (int) (rest % (directoryChanges + 1));
        return whole(rest / (directoryChanges + 1), growths.get(growth), changes);
    }

    private CrashChoice whole(long selection, Growth growth, int changes) {
        return new CrashChoice(selection(selection), Map.of(), growth, changes);
    }

    private long selections() {
        int n = writes.size();
        return n <= ALL_SUBSETS_MAX ? 1L << n : 3L * n + 1;
    }

    /** The selection that keeps everything. */
    private long lastSelection() {
        int n = writes.size();
        return n <= ALL_SUBSETS_MAX ? (1L << n) - 1 : n;
    }

    private BitSet selection(long index) {
        int n = writes.size();
        if (n <= ALL_SUBSETS_MAX) {
            return BitSet.valueOf(new long[] {index});
        }
        var kept = new BitSet(n);
        if (index <= n) {
            kept.set(0, (int) index);
        } else if (index <= 2L * n) {
            kept.set(0, n);
            kept.clear((int) (index - n - 1));
        } else {
            kept.set((int) (index - 2L * n - 1));
        }
        return kept;
    }

    private CrashChoice drawn() {
        int n = writes.size();
        var kept = random.nextBoolean() ? selection(random.nextLong(selections())) : subset();
        var torn = new HashMap<Integer, Tear>();
        if (n > 0) {
            // The write at which the disk was busy: the first one missing, or any.
            int busy = random.nextBoolean() ? kept.nextClearBit(0) : random.nextInt(n);
            tear(Math.min(busy, n - 1), kept, torn);
            if (random.nextInt(4) == 0) {
                tear(random.nextInt(n), kept, torn);
            }
        }
        int changes =
                random.nextBoolean() ? directoryChanges : random.nextInt(directoryChanges + 1);
        var growth = growths.get(random.nextInt(growths.size()));
        return new CrashChoice(kept, Map.copyOf(torn), growth, changes);
    }

    private BitSet subset() {
        var kept = new BitSet(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            kept.set(i, random.nextBoolean());
        }
        return kept;
    }

    private void tear(int index, BitSet kept, Map<Integer, Tear> torn) {
        var write = writes.get(index);
        int blockBytes = BLOCK_BYTES[random.nextInt(BLOCK_BYTES.length)];
        var shape = SHAPES.get(random.nextInt(SHAPES.size()));
        var fill = FILLS.get(random.nextInt(FILLS.size()));
        long blocks = Tear.blocks(write, blockBytes);
        if (blocks > 1) {
            long draw = shape == Shape.RANDOM ? random.nextLong() : 1 + random.nextLong(blocks - 1);
            kept.clear(index);
            torn.put(index, new Tear(shape, blockBytes, fill, draw));
        }
    }
}

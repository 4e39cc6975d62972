package io.entitydb.storage;

import io.entitydb.storage.Damages.Damaged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Golden files, damaged in every way that bytes can be: no answer is ever silently wrong. */
@Timeout(value = 20, unit = TimeUnit.HOURS)
class FlipCampaignTests {

    private static final int SECTOR_BYTES = 512;

    /** Bits that are turned one after the other in one run. */
    private static final int RUN_BITS = 2048;

    /** Logs up to this length are damaged at every place, others at random ones. */
    private static final int LONGEST_WHOLE = 1 << 16;

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();
    private final FlipTally tally = new FlipTally();
    private final List<FlipBench.Shelf> shelves =
            GoldenFile.all().stream().map(FlipBench.Shelf::new).toList();

    /** Of the newest format the one that is damaged at every place. */
    private final FlipBench.Shelf small =
            shelves.stream()
                    .filter(shelf -> shelf.file().name().endsWith("/small"))
                    .toList()
                    .getLast();

    /**
     * Some neighbouring bits of a file.
     *
     * @param isImage whether they are the index image's
     */
    private record Stretch(FlipBench.Shelf shelf, boolean isImage, long from, long to) {}

    @Test
    void turnedBits() {
        List<Stretch> whole = wholeStretches(ofFormat(true));
        List<Stretch> older = wholeStretches(ofFormat(false));
        Collections.shuffle(older, new Random(seed));
        whole.addAll(older);

        long count =
                Campaign.run(
                        0,
                        ReliabilityGoal.BIT_FLIPS.count(),
                        run -> run < whole.size() ? turn(whole.get((int) run)) : turnSome(run));

        ReliabilityReport.reached(ReliabilityGoal.BIT_FLIPS, seed, count, start);
        tally.report("bit-flips");
    }

    /** The files of the newest format, or those of older ones, which come as far as the goal. */
    private List<FlipBench.Shelf> ofFormat(boolean isNewest) {
        String format = small.file().format();
        return shelves.stream()
                .filter(shelf -> shelf.file().format().equals(format) == isNewest)
                .toList();
    }

    /** All bits of the images, and of the logs that are not long. */
    private static List<Stretch> wholeStretches(List<FlipBench.Shelf> shelves) {
        List<Stretch> whole = new ArrayList<>();
        for (FlipBench.Shelf shelf : shelves) {
            int end = StoreMap.of(shelf.file().data()).end();
            if (end <= LONGEST_WHOLE) {
                addAll(whole, shelf, false, end);
            }
            byte[] image = shelf.file().image();
            if (image != null) {
                addAll(whole, shelf, true, image.length);
            }
        }
        return whole;
    }

    private static void addAll(
            List<Stretch> all, FlipBench.Shelf shelf, boolean isImage, int bytes) {
        long bits = (long) bytes * Byte.SIZE;
        for (long from = 0; from < bits; from += RUN_BITS) {
            all.add(new Stretch(shelf, isImage, from, Math.min(bits, from + RUN_BITS)));
        }
    }

    private long turn(Stretch stretch) {
        FlipBench bench = stretch.shelf().take();
        for (long bit = stretch.from(); bit < stretch.to(); bit++) {
            if (stretch.isImage()) {
                bench.turnImage(bit, tally);
            } else {
                bench.turn(bit, tally);
            }
        }
        stretch.shelf().giveBack(bench);
        return stretch.to() - stretch.from();
    }

    private long turnSome(long run) {
        SplittableRandom random = new SplittableRandom(seed + run);
        FlipBench.Shelf shelf = any(random);
        FlipBench bench = shelf.take();
        long bits = (long) shelf.file().data().length * Byte.SIZE;
        int count = RUN_BITS / Byte.SIZE;
        for (int i = 0; i < count; i++) {
            bench.turn(random.nextLong(bits), tally);
        }
        shelf.giveBack(bench);
        return count;
    }

    /** Long files take longer, so of two that are drawn the shorter one is it. */
    private FlipBench.Shelf any(SplittableRandom random) {
        FlipBench.Shelf one = shelves.get(random.nextInt(shelves.size()));
        FlipBench.Shelf other = shelves.get(random.nextInt(shelves.size()));
        return one.file().data().length < other.file().data().length ? one : other;
    }

    @Test
    void filesCutShort() {
        int whole = StoreMap.of(small.file().data()).end() + 1;
        damage(
                ReliabilityGoal.TRUNCATIONS,
                whole,
                (file, random, index) -> {
                    int most = file.data().length;
                    return Damages.cut(file, index < whole ? index : random.nextInt(most));
                });
    }

    @Test
    void sectorsInEachOthersPlace() {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < LONGEST_WHOLE / SECTOR_BYTES; i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        damage(
                ReliabilityGoal.SECTOR_SWAPS,
                pairs.size(),
                (file, random, index) -> {
                    int sectors = file.data().length / SECTOR_BYTES;
                    int[] pair =
                            index < pairs.size()
                                    ? pairs.get(index)
                                    : new int[] {random.nextInt(sectors), random.nextInt(sectors)};
                    return Damages.sectorsSwapped(file, pair[0], pair[1]);
                });
    }

    @Test
    void sectorsOfGarbage() {
        int whole = small.file().data().length / SECTOR_BYTES;
        damage(
                ReliabilityGoal.SECTOR_GARBAGE,
                whole,
                (file, random, index) -> {
                    int sectors = file.data().length / SECTOR_BYTES;
                    int sector = index < whole ? index : random.nextInt(sectors);
                    return Damages.garbageInSector(file, sector, random);
                });
    }

    @Test
    void runsOfBytesAndSplicedFiles() {
        damage(
                ReliabilityGoal.SPLICES,
                0,
                (file, random, index) -> Damages.drawn(file, any(random).file(), random));
    }

    @FunctionalInterface
    private interface Damaging {
        Damaged of(GoldenFile file, SplittableRandom random, int index);
    }

    /**
     * Damages the small file, then any.
     *
     * @param whole how often the small one
     */
    private void damage(ReliabilityGoal goal, int whole, Damaging damaging) {
        long count =
                Campaign.run(
                        0,
                        Math.max(goal.count(), whole),
                        run -> {
                            SplittableRandom random = new SplittableRandom(seed + run);
                            FlipBench.Shelf shelf = run < whole ? small : any(random);
                            FlipBench bench = shelf.take();
                            bench.replace(damaging.of(shelf.file(), random, (int) run), tally);
                            shelf.giveBack(bench);
                            return 1;
                        });
        ReliabilityReport.reached(goal, seed, count, start);
        tally.report(goal.label());
    }
}

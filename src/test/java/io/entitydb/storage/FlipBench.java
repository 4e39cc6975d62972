package io.entitydb.storage;

import io.entitydb.storage.header.Header;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A golden file laid out for one thread, which damages copies of it and has them read. */
final class FlipBench {

    private final GoldenFile file;
    private final StoreMap map;
    private final FlipCheck check;

    /** What single bits are turned in. */
    private final byte[] scratch;

    private final byte @Nullable [] imageScratch;

    private FlipBench(GoldenFile file) {
        this.file = file;
        map = StoreMap.of(file.data());
        check = new FlipCheck(file);
        scratch = file.data().clone();
        byte[] image = file.image();
        imageScratch = image == null ? null : image.clone();
    }

    /** The benches of a golden file that no thread uses at the moment. */
    static final class Shelf {

        private final GoldenFile file;
        private final Queue<FlipBench> free = new ConcurrentLinkedQueue<>();

        Shelf(GoldenFile file) {
            this.file = file;
        }

        GoldenFile file() {
            return file;
        }

        FlipBench take() {
            FlipBench bench = free.poll();
            return bench == null ? new FlipBench(file) : bench;
        }

        void giveBack(FlipBench bench) {
            free.add(bench);
        }
    }

    /** Turns a bit of the data file. */
    void turn(long bit, FlipTally tally) {
        int at = (int) (bit / Byte.SIZE);
        scratch[at] ^= (byte) (1 << bit % Byte.SIZE);
        read(scratch, file.image(), map.at(at), () -> "bit " + bit + " of the data", tally);
        scratch[at] ^= (byte) (1 << bit % Byte.SIZE);
    }

    /** Turns a bit of the index image. */
    void turnImage(long bit, FlipTally tally) {
        byte[] image = imageScratch;
        if (image == null) {
            throw new IllegalStateException(file + " has no image");
        }
        int at = (int) (bit / Byte.SIZE);
        image[at] ^= (byte) (1 << bit % Byte.SIZE);
        Supplier<String> what = () -> "bit " + bit + " of the image";
        read(file.data(), image, Structure.INDEX_IMAGE, what, tally);
        image[at] ^= (byte) (1 << bit % Byte.SIZE);
    }

    /** Has other bytes read in place of the data file. */
    void replace(Damages.Damaged damaged, FlipTally tally) {
        read(damaged.data(), damaged.image(), Structure.SEVERAL, damaged.what(), tally);
    }

    private void read(
            byte[] data,
            byte @Nullable [] image,
            Structure structure,
            Supplier<String> what,
            FlipTally tally) {
        try {
            FlipOutcome outcome = check.of(data, image);
            if (outcome == FlipOutcome.HARMLESS) {
                requireUnusedBytes(data);
            }
            tally.count(structure, outcome);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(
                    "%s, %s, %s: %s".formatted(file, what.get(), structure.label(), e), e);
        }
    }

    /**
     * Only what no reader looks at may differ, or zeros follow, or fewer bytes than anything that
     * stands in a file.
     */
    private void requireUnusedBytes(byte[] data) {
        byte[] golden = file.data();
        int whole = data.length & -Header.FRAME_ALIGNMENT;
        for (int i = 0; i < Math.max(whole, golden.length); i++) {
            int before = i < golden.length ? golden[i] : 0;
            int after = i < whole ? data[i] : 0;
            if (before != after && map.at(i) != Structure.SLOT_PADDING) {
                throw new AssertionError("nobody notices that byte " + i + " differs");
            }
        }
    }
}

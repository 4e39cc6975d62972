package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What goes wrong with more than one bit of a file. The arrays given are left as they are. */
final class Damages {

    private static final int SECTOR_BYTES = 512;
    private static final int LONGEST_RUN = 8192;

    /** With less of its own a spliced file is the other one, whole but for one of two headers. */
    private static final int HEADER_BYTES = 256;

    private Damages() {}

    /**
     * Bytes in place of others.
     *
     * @param image of the index; null if there is none
     * @param what was done, for messages
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Damaged(byte[] data, byte @Nullable [] image, Supplier<String> what) {

        Damaged(byte[] data, GoldenFile file, Supplier<String> what) {
            this(data, file.image(), what);
        }
    }

    static Damaged cut(GoldenFile file, int length) {
        return new Damaged(
                Arrays.copyOf(file.data(), length), file, () -> "cut to " + length + " bytes");
    }

    static Damaged sectorsSwapped(GoldenFile file, int one, int other) {
        byte[] data = file.data();
        byte[] damaged = data.clone();
        copySector(data, one, damaged, other);
        copySector(data, other, damaged, one);
        return new Damaged(damaged, file, () -> "sectors " + one + " and " + other + " swapped");
    }

    private static void copySector(byte[] from, int one, byte[] to, int other) {
        System.arraycopy(from, one * SECTOR_BYTES, to, other * SECTOR_BYTES, SECTOR_BYTES);
    }

    static Damaged garbageInSector(GoldenFile file, int sector, SplittableRandom random) {
        byte[] garbage = new byte[SECTOR_BYTES];
        random.nextBytes(garbage);
        return put(file, sector * SECTOR_BYTES, garbage, "garbage");
    }

    /** One of the other things that go wrong, at a random place; the index may be hit as well. */
    static Damaged drawn(GoldenFile file, GoldenFile other, SplittableRandom random) {
        Damaged damaged = drawnData(file, other, random);
        byte[] image = file.image();
        if (image == null || random.nextInt(3) > 0) {
            return damaged;
        }
        byte[] hit =
                switch (random.nextInt(4)) {
                    case 0 -> null;
                    case 1 -> other.image();
                    case 2 -> Arrays.copyOf(image, random.nextInt(image.length));
                    default -> flipped(image, random);
                };
        return new Damaged(damaged.data(), hit, () -> damaged.what().get() + ", index too");
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }

    private static Damaged drawnData(GoldenFile file, GoldenFile other, SplittableRandom random) {
        int at = placeIn(file.data(), random);
        int length = Math.min(file.data().length - at, 1 + random.nextInt(LONGEST_RUN));
        byte[] run = new byte[length];
        return switch (random.nextInt(9)) {
            case 0 -> put(file, at, run, "zeros");
            case 1 -> {
                random.nextBytes(run);
                yield put(file, at, run, "garbage");
            }
            case 2 -> {
                Arrays.fill(run, (byte) (random.nextBoolean() ? 0xff : ' '));
                yield put(file, at, run, "one byte again and again");
            }
            case 3 -> misdirected(file, at, random);
            case 4 -> extended(file, random);
            case 5 -> spliced(file, other, Math.max(at, HEADER_BYTES));
            case 6 -> put(file, at, slice(other.data(), at, length), "bytes of another file");
            case 7 -> shifted(file, at, length);
            default -> without(file, at, length);
        };
    }

    /** More often than not where something stands. */
    private static int placeIn(byte[] data, SplittableRandom random) {
        int end = StoreMap.of(data).end();
        return random.nextInt(random.nextInt(8) == 0 ? data.length : end);
    }

    private static Damaged put(GoldenFile file, int at, byte[] bytes, String what) {
        byte[] damaged = file.data().clone();
        System.arraycopy(bytes, 0, damaged, at, bytes.length);
        return new Damaged(damaged, file, () -> what + " of " + bytes.length + " bytes at " + at);
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        byte[] slice = new byte[length];
        int present = Math.clamp(bytes.length - from, 0, length);
        System.arraycopy(bytes, Math.min(from, bytes.length), slice, 0, present);
        return slice;
    }

    /** Sectors that went to another place, and left what was there before at their own. */
    private static Damaged misdirected(GoldenFile file, int at, SplittableRandom random) {
        byte[] data = file.data();
        int sector = at / SECTOR_BYTES * SECTOR_BYTES;
        int target = placeIn(data, random) / SECTOR_BYTES * SECTOR_BYTES;
        int wanted = (1 + random.nextInt(8)) * SECTOR_BYTES;
        int length = Math.min(wanted, data.length - Math.max(sector, target));
        return put(file, target, slice(data, sector, length), "what belongs at " + sector);
    }

    private static Damaged extended(GoldenFile file, SplittableRandom random) {
        byte[] data = file.data();
        byte[] longer = Arrays.copyOf(data, data.length + 1 + random.nextInt(LONGEST_RUN));
        boolean isZero = random.nextBoolean();
        for (int i = data.length; i < longer.length && !isZero; i++) {
            longer[i] = data[i - data.length];
        }
        String with = isZero ? "zeros" : "bytes from the beginning";
        return new Damaged(longer, file, () -> "extended to " + longer.length + " with " + with);
    }

    private static Damaged spliced(GoldenFile file, GoldenFile other, int at) {
        byte[] tail = other.data();
        byte[] spliced = Arrays.copyOf(file.data(), Math.max(at, tail.length));
        if (tail.length > at) {
            System.arraycopy(tail, at, spliced, at, tail.length - at);
        }
        return new Damaged(spliced, file, () -> other + " from " + at + " on");
    }

    private static Damaged shifted(GoldenFile file, int at, int length) {
        byte[] data = file.data();
        byte[] shifted = Arrays.copyOf(data, data.length + length);
        System.arraycopy(data, at, shifted, at + length, data.length - at);
        return new Damaged(shifted, file, () -> length + " bytes inserted at " + at);
    }

    private static Damaged without(GoldenFile file, int at, int length) {
        byte[] data = file.data();
        byte[] shorter = Arrays.copyOf(data, data.length - length);
        System.arraycopy(data, at + length, shorter, at, data.length - at - length);
        return new Damaged(shorter, file, () -> length + " bytes missing at " + at);
    }
}

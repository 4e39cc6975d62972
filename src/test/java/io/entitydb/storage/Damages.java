package io.entitydb.storage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What goes wrong with more than one bit of a file. The arrays given are left as they are. */
final class Damages {

    private static final int SECTOR_BYTES = 512;
    private static final int LONGEST_RUN = 8192;

    private Damages() {}

    /**
     * Bytes in place of others.
     *
     * @param what was done, for messages
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Damaged(byte[] data, Supplier<String> what) {}

    static Damaged cut(byte[] data, int length) {
        return new Damaged(Arrays.copyOf(data, length), () -> "cut to " + length + " bytes");
    }

    static Damaged sectorsSwapped(byte[] data, int one, int other) {
        byte[] damaged = data.clone();
        copySector(data, one, damaged, other);
        copySector(data, other, damaged, one);
        return new Damaged(damaged, () -> "sectors " + one + " and " + other + " swapped");
    }

    private static void copySector(byte[] from, int one, byte[] to, int other) {
        System.arraycopy(from, one * SECTOR_BYTES, to, other * SECTOR_BYTES, SECTOR_BYTES);
    }

    static Damaged garbageInSector(byte[] data, int sector, SplittableRandom random) {
        byte[] garbage = new byte[SECTOR_BYTES];
        random.nextBytes(garbage);
        return put(data, sector * SECTOR_BYTES, garbage, "garbage");
    }

    /** One of the other things that go wrong, at a random place. */
    static Damaged drawn(byte[] data, byte[] other, SplittableRandom random) {
        int at = placeIn(data, random);
        int length = Math.min(data.length - at, 1 + random.nextInt(LONGEST_RUN));
        byte[] run = new byte[length];
        return switch (random.nextInt(9)) {
            case 0 -> put(data, at, run, "zeros");
            case 1 -> {
                random.nextBytes(run);
                yield put(data, at, run, "garbage");
            }
            case 2 -> {
                Arrays.fill(run, (byte) (random.nextBoolean() ? 0xff : ' '));
                yield put(data, at, run, "one byte again and again");
            }
            case 3 -> misdirected(data, at, random);
            case 4 -> extended(data, random);
            case 5 -> spliced(data, other, at);
            case 6 -> put(data, at, slice(other, at, length), "bytes of another file");
            case 7 -> shifted(data, at, length);
            default -> without(data, at, length);
        };
    }

    /** More often than not where something stands. */
    private static int placeIn(byte[] data, SplittableRandom random) {
        int end = StoreMap.of(data).end();
        return random.nextInt(random.nextInt(8) == 0 ? data.length : end);
    }

    private static Damaged put(byte[] data, int at, byte[] bytes, String what) {
        byte[] damaged = data.clone();
        System.arraycopy(bytes, 0, damaged, at, bytes.length);
        return new Damaged(damaged, () -> what + " of " + bytes.length + " bytes at " + at);
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        byte[] slice = new byte[length];
        int present = Math.clamp(bytes.length - from, 0, length);
        System.arraycopy(bytes, Math.min(from, bytes.length), slice, 0, present);
        return slice;
    }

    /** Sectors that went to another place, and left what was there before at their own. */
    private static Damaged misdirected(byte[] data, int at, SplittableRandom random) {
        int sector = at / SECTOR_BYTES * SECTOR_BYTES;
        int count = 1 + random.nextInt(8);
        int target = placeIn(data, random) / SECTOR_BYTES * SECTOR_BYTES;
        int length = Math.min(count * SECTOR_BYTES, data.length - Math.max(sector, target));
        return put(data, target, slice(data, sector, length), "bytes that belong at " + sector);
    }

    private static Damaged extended(byte[] data, SplittableRandom random) {
        byte[] longer = Arrays.copyOf(data, data.length + 1 + random.nextInt(LONGEST_RUN));
        boolean isZero = random.nextBoolean();
        for (int i = data.length; i < longer.length && !isZero; i++) {
            longer[i] = data[i % data.length];
        }
        String with = isZero ? "zeros" : "bytes from the beginning";
        return new Damaged(longer, () -> "extended to " + longer.length + " with " + with);
    }

    private static Damaged spliced(byte[] data, byte[] other, int at) {
        byte[] spliced = Arrays.copyOf(data, Math.max(at, other.length));
        if (other.length > at) {
            System.arraycopy(other, at, spliced, at, other.length - at);
        }
        return new Damaged(spliced, () -> "another file from " + at + " on");
    }

    private static Damaged shifted(byte[] data, int at, int length) {
        byte[] shifted = Arrays.copyOf(data, data.length + length);
        System.arraycopy(data, at, shifted, at + length, data.length - at);
        return new Damaged(shifted, () -> length + " bytes inserted at " + at);
    }

    private static Damaged without(byte[] data, int at, int length) {
        byte[] shorter = Arrays.copyOf(data, data.length - length);
        System.arraycopy(data, at + length, shorter, at, data.length - at - length);
        return new Damaged(shorter, () -> length + " bytes missing at " + at);
    }
}

package io.entitydb.storage.recovery;

import java.util.Arrays;

/**
 * Where some transactions stand, in the file and in time: every {@value #STRIDE}th, and the first
 * of each stretch. Filled by one thread in the order of the log; read by any afterwards.
 */
final class Anchors {

    private static final int STRIDE = 256;

    private long[] sequences = new long[16];
    private long[] commitTimes = new long[16];
    private long[] positions = new long[16];
    private int size;
    private int passed;

    /**
     * A transaction was met.
     *
     * @param isFirst whether what stands before it could not be read
     */
    void note(long sequence, long commitTime, long position, boolean isFirst) {
        passed = isFirst || size == 0 ? 0 : passed + 1;
        if (passed % STRIDE != 0) {
            return;
        }
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * size);
            commitTimes = Arrays.copyOf(commitTimes, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
        }
        sequences[size] = sequence;
        commitTimes[size] = commitTime;
        positions[size] = position;
        size++;
    }

    int size() {
        return size;
    }

    long sequence(int index) {
        return sequences[index];
    }

    long position(int index) {
        return positions[index];
    }

    /** The last one that is not later than an instant; −1 if there is none. */
    int at(long instant) {
        int found = Arrays.binarySearch(commitTimes, 0, size, instant);
        return found >= 0 ? found : -found - 2;
    }
}

package io.entitydb.web.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the elements that two arrays have in common in the same order, as many as it can within a
 * bound on work: a longest common subsequence where the arrays are small enough, else only what
 * they begin and end with.
 */
final class CommonElements {

    /** Cells of all tables of one comparison: bounds time; one table is not larger either. */
    private static final long MAX_CELLS = 4_000_000;

    private long cellsLeft = MAX_CELLS;

    /**
     * A pair of equal elements.
     *
     * @param from index in the first array
     * @param to index in the second array
     */
    record Pair(int from, int to) {}

    /** The pairs, both indexes growing. */
    List<Pair> of(int[] from, int[] to) {
        int shorter = Math.min(from.length, to.length);
        int head = 0;
        while (head < shorter && from[head] == to[head]) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && from[from.length - 1 - tail] == to[to.length - 1 - tail]) {
            tail++;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < head; i++) {
            pairs.add(new Pair(i, i));
        }
        addMiddle(pairs, from, to, head, tail);
        for (int i = tail; i > 0; i--) {
            pairs.add(new Pair(from.length - i, to.length - i));
        }
        return Collections.unmodifiableList(pairs);
    }

    private void addMiddle(List<Pair> pairs, int[] from, int[] to, int head, int tail) {
        int rows = from.length - head - tail;
        int columns = to.length - head - tail;
        long cells = (long) (rows + 1) * (columns + 1);
        if (rows == 0 || columns == 0 || cells > cellsLeft) {
            return;
        }
        cellsLeft -= cells;
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] =
                        from[head + i] == to[head + j]
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (from[head + i] == to[head + j]) {
                pairs.add(new Pair(head + i++, head + j++));
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }
}

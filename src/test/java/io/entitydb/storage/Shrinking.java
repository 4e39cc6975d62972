package io.entitydb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the shortest part of a list that still fails: leaves out runs of elements, long ones
 * first, as long as what remains fails.
 *
 * <p><b>Source:</b> Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input",
 * 2002.
 */
final class Shrinking {

    private static final int MOST_ATTEMPTS = 2_000;

    private Shrinking() {}

    static <T> List<T> shortest(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int attempts = 0;
        for (int run = Math.max(1, shortest.size() / 2); run >= 1; run /= 2) {
            int at = 0;
            while (at < shortest.size() && attempts++ < MOST_ATTEMPTS) {
                List<T> shorter = new ArrayList<>(shortest);
                shorter.subList(at, Math.min(at + run, shorter.size())).clear();
                if (fails.test(shorter)) {
                    shortest = shorter;
                } else {
                    at += run;
                }
            }
        }
        return List.copyOf(shortest);
    }
}

package io.entitydb.benchmark;

/**
 * Numbers that are the less frequent the greater they are: the n-th by 1/n to the power of 0.99, as
 * in YCSB (Gray et al., Quickly Generating Billion-Record Synthetic Databases).
 */
final class Zipf {

    private static final double THETA = 0.99;

    private final int count;
    private final double zeta;
    private final double eta;

    Zipf(int count) {
        this.count = count;
        double sum = 0;
        for (int n = 1; n <= count; n++) {
            sum += Math.pow(n, -THETA);
        }
        zeta = sum;
        double ofTwo = 1 + Math.pow(2, -THETA);
        eta = (1 - Math.pow(2.0 / count, 1 - THETA)) / (1 - ofTwo / zeta);
    }

    /** The number that stands at a place of [0, 1). */
    int next(double fraction) {
        double scaled = fraction * zeta;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(2, -THETA)) {
            return 1;
        }
        int number = (int) (count * Math.pow(eta * fraction - eta + 1, 1 / (1 - THETA)));
        return Math.min(number, count - 1);
    }
}

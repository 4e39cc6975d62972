package io.entitydb.benchmark;

import org.HdrHistogram.Histogram;

import java.util.List;

/**
 * What one contender did in one workload.
 *
 * @param workload name of the workload
 * @param contender who did it
 * @param unit of what the samples count
 * @param samples one for each repetition
 * @param nanos latencies of all repetitions; empty where none were taken
 */
record Figure(
        String workload, Contender contender, String unit, List<Double> samples, Histogram nanos) {

    private static final double NANOS_A_MICRO = 1e3;

    /** A single value. */
    static Figure of(String workload, Contender contender, String unit, double value) {
        return new Figure(workload, contender, unit, List.of(value), Trial.histogram());
    }

    double median() {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    double greatest() {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** A latency in microseconds. */
    double micros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_A_MICRO;
    }
}

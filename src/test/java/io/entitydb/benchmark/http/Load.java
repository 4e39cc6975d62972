package io.entitydb.benchmark.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Sends requests as fast as they are answered. */
interface Load {

    /**
     * Measures one server.
     *
     * @param connections each sends its next request when the one before was answered
     */
    Figures run(int port, Requests requests, int connections, Duration time)
            throws IOException, InterruptedException;

    /** What it is, for reports. */
    String name();

    /** wrk where it is installed, which costs less of the machine; else threads of this process. */
    static Load best(Path directory) {
        return WrkLoad.isThere() ? new WrkLoad(directory) : new JvmLoad();
    }

    /**
     * What came out.
     *
     * @param perSecond answers a second
     * @param p50Micros median of the time between a request and the end of its answer, in µs
     * @param p99Micros 99th percentile of it
     * @param errors answers above 399, connections that broke, and those that timed out
     * @param cpuMicros what the server used its processors for each answer, in µs
     */
    record Figures(
            double perSecond, double p50Micros, double p99Micros, long errors, double cpuMicros) {

        /** Only a rate. */
        static Figures rate(double perSecond) {
            return new Figures(perSecond, 0, 0, 0, 0);
        }

        /** The same, with what the server used its processors during that time. */
        Figures with(Duration processors, Duration time) {
            double answers = Math.max(1, perSecond * time.toNanos() / 1e9);
            return new Figures(
                    perSecond, p50Micros, p99Micros, errors, processors.toNanos() / 1e3 / answers);
        }
    }
}

package io.entitydb.cli;

import io.entitydb.storage.repair.Progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells on the error output how far long work is: on a terminal in one line that changes, otherwise
 * in a line now and then. Work that is done at once tells nothing.
 */
final class ProgressLine implements Progress, AutoCloseable {

    private static final Duration TERMINAL_PACE = Duration.ofMillis(200);
    private static final Duration FILE_PACE = Duration.ofSeconds(10);
    private static final long MIB = 1 << 20;

    private final PrintWriter err;
    private final boolean isTerminal;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private int shown;

    ProgressLine(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public void at(String activity, long done, long total) {
        long now = System.nanoTime();
        Duration pace = isTerminal ? TERMINAL_PACE : FILE_PACE;
        if (now - lastNanos < pace.toNanos()) {
            return;
        }
        lastNanos = now;
        double seconds = (now - startNanos) / 1e9;
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d MiB (%d %%), %.0f MiB/s",
                        activity,
                        done / MIB,
                        total / MIB,
                        total == 0 ? 100 : Math.round(100.0 * done / total),
                        done / seconds / MIB);
        if (isTerminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            err.flush();
            shown = line.length();
        } else {
            err.println(line);
        }
    }

    /** Leaves a clean line. */
    @Override
    public void close() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
        }
    }
}

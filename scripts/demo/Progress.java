import java.io.PrintStream;
import java.util.Locale;

/** Tells on the terminal how far the work is; where there is no terminal, in few lines. */
final class Progress {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TERMINAL_PER_SECOND = 5;
    private static final int FILE_SECONDS = 5;

    private final PrintStream out = System.err;
    private final boolean isTerminal = System.console() != null && System.console().isTerminal();
    private final String what;
    private final long total;
    private final long began = System.nanoTime();
    private long told = began;
    private long done;

    Progress(String what, long total) {
        this.what = what;
        this.total = total;
    }

    /** One more is done. */
    synchronized void step() {
        done++;
        long pause =
                isTerminal
                        ? NANOS_PER_SECOND / TERMINAL_PER_SECOND
                        : NANOS_PER_SECOND * FILE_SECONDS;
        long now = System.nanoTime();
        if (now - told >= pause) {
            told = now;
            out.print((isTerminal ? "\r" : "") + line(now) + (isTerminal ? "" : "\n"));
        }
    }

    /** Tells something that must not be lost. */
    synchronized void report(String line) {
        out.println((isTerminal ? "\r" : "") + line);
    }

    /** Tells how it ended. */
    synchronized void end() {
        out.println((isTerminal ? "\r" : "") + line(System.nanoTime()));
    }

    private String line(long now) {
        double seconds = Math.max(1, now - began) / (double) NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%,d of %,d %s, %.1f s, %,.0f/s",
                done,
                total,
                what,
                seconds,
                done / seconds);
    }
}

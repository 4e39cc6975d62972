package io.entitydb.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;

/** What is said when there was too little memory for a command. */
final class MemoryAnswer {

    private static final long MEBIBYTE = 1 << 20;

    private MemoryAnswer() {}

    /** Whether it was memory that was missing. */
    static boolean isFor(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof OutOfMemoryError || isFor(failure.getCause()));
    }

    /** Says so, and gives the exit code. */
    static int print(PrintWriter err) {
        err.printf(
                "out-of-memory: a heap of %d MiB is too small for this command%n",
                Runtime.getRuntime().maxMemory() / MEBIBYTE);
        err.println(
                "What to do: run it again with a larger one, as in 'java -Xmx2g -jar entitydb.jar"
                        + " ...',");
        err.println(
                "or, in a container, with more memory. The store is as a crash would leave it.");
        return ExitCode.INTERNAL;
    }
}

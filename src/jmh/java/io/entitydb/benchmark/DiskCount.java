package io.entitydb.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process writes to the disk, as the kernel counts it; 0 where it does not. */
final class DiskCount {

    private static final Path COUNTS = Path.of("/proc/self/io");
    private static final String WRITTEN = "write_bytes: ";

    private DiskCount() {}

    /** Bytes of pages that were made dirty, each time before they were written. */
    static long written() {
        if (!Files.isReadable(COUNTS)) {
            return 0;
        }
        try {
            return Files.readAllLines(COUNTS).stream()
                    .filter(line -> line.startsWith(WRITTEN))
                    .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

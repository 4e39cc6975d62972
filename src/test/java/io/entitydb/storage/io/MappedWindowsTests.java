package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows does not take more and more of the address space for each byte. */
@EnabledOnOs(OS.LINUX)
class MappedWindowsTests {

    private static final long WINDOW = 1 << 20;
    private static final long STEP = WINDOW / 64;
    private static final long SIZE = 5 * WINDOW + WINDOW / 2;

    @TempDir Path directory;

    @Test
    void eachByteIsMappedTwiceAtMost() throws IOException {
        Path path = directory.resolve("grown");
        Files.write(path, new byte[(int) SIZE]);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                MappedWindows windows = new MappedWindows("grown", WINDOW)) {
            for (long size = STEP; size <= SIZE; size += STEP) {
                windows.grow(channel, size);
            }

            assertThat(mapped(path)).isBetween(SIZE, 2 * SIZE);
        }
        assertThat(mapped(path)).isZero();
    }

    /** Bytes of this process's address space that show a file. */
    private static long mapped(Path path) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.endsWith(path.toString()))
                .map(line -> line.substring(0, line.indexOf(' ')).split("-"))
                .mapToLong(range -> Long.parseLong(range[1], 16) - Long.parseLong(range[0], 16))
                .sum();
    }
}

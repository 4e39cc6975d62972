package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A content many times the memory of the process goes in and comes out. */
class LargeContentIT {

    /** The longest that there may be, where there is time for it. */
    private static final long BYTES = ReliabilityGoal.level().equals("pr") ? 256L << 20 : 4L << 30;

    @TempDir private Path directory;

    @Test
    void memoryDoesNotGrowWithTheContent() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LargeContentChild.class.getName(),
                                directory.resolve("data").toString(),
                                Long.toString(BYTES))
                        .redirectErrorStream(true)
                        .start();

        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        System.out.print(told);
        assertThat(child.waitFor()).as(told).isZero();
        assertThat(told).contains("large content: " + (BYTES >> 20) + " MiB");
    }
}

package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that may open few files, and opens as many as it may. */
class DescriptorIT {

    /** What a JVM needs to start, and a few more. */
    private static final int DESCRIPTORS = 120;

    @TempDir private Path directory;

    @Test
    void commitsGoOnWithoutDescriptorsThoughCheckpointsFail()
            throws IOException, InterruptedException {
        List<String> limited =
                List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh");
        Path data = directory.resolve("data");
        KillOracle oracle = new KillOracle(data, 1);
        try (KillProcess child =
                KillProcess.start(limited, data, 1, KillChild.Mode.WRITE_WITHOUT_DESCRIPTORS)) {
            child.awaitReady();
            child.go();
            oracle.read(child, 500);
            assertThat(oracle.failures()).as("checkpoints that failed").isPositive();
            child.kill();
            oracle.readRest(child);
        }
        oracle.verify();
    }
}

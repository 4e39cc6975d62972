package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.EntityDbApplication;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands and the service in processes with a heap that is too small for them. */
class SmallHeapIT {

    @TempDir private Path directory;

    private record Ended(int code, String output) {}

    private static Ended run(String heap, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                EntityDbApplication.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void commandSaysWhatToDoAndIsNotTakenForOneThatFoundDamage() throws Exception {
        Path lines = directory.resolve("lines.ndjson");
        writeOneLine(lines);
        Path data = directory.resolve("data");
        WorkedStore.write(data, 1);

        Ended ended = run("-Xmx32m", "import", data.toString(), lines.toString());

        assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.INTERNAL);
        assertThat(ended.output())
                .contains("out-of-memory: a heap of 32 MiB is too small", "What to do:", "-Xmx2g")
                .doesNotContain("\tat ");
        assertThat(Invocation.of("verify", data.toString()).code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void serviceThatCannotStartSaysHowMuchItNeeds() throws Exception {
        Ended ended =
                run("-Xmx32m", "--entitydb.storage.directory=" + directory.resolve("service"));

        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output())
                .contains("The heap of 32 MB is too small", "needs 48 MB", "-Xmx512m")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("service")).doesNotExist();
    }

    private static void writeOneLine(Path file) throws IOException {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 64; i++) {
                out.write(piece);
            }
        }
    }
}

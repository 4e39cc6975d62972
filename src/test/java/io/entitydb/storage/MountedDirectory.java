package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file system of its own, mounted for a test; unmounted when it is closed or the JVM ends. Where
 * mounting is not possible the test is skipped, and the report says so.
 */
final class MountedDirectory implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final AtomicInteger SKIPPED = new AtomicInteger();

    private final List<String> mounting;
    private final Path directory;
    private final Thread atExit = new Thread(this::unmountQuietly);

    private MountedDirectory(List<String> mounting, Path directory) {
        this.mounting = List.copyOf(mounting);
        this.directory = directory;
    }

    /** A small ext4 in a file, which becomes read-only when it finds an error. */
    static MountedDirectory ext4(Path parent, int mebibytes)
            throws IOException, InterruptedException {
        Path image = parent.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        require(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()));
        return mount(
                parent, "mount", "-t", "ext4", "-o", "loop,errors=remount-ro", image.toString());
    }

    /** A file system in memory. */
    static MountedDirectory tmpfs(Path parent, int mebibytes)
            throws IOException, InterruptedException {
        return mount(parent, "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs");
    }

    private static MountedDirectory mount(Path parent, String... command)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectory(parent.resolve("mounted"));
        List<String> mounting = new ArrayList<>(List.of(command));
        mounting.add(directory.toString());
        MountedDirectory mounted = new MountedDirectory(mounting, directory);
        require(mounting);
        Runtime.getRuntime().addShutdownHook(mounted.atExit);
        return mounted;
    }

    Path path() {
        return directory;
    }

    /** Changes options of the mount, which nobody may have open for writing. */
    void remount(String options) throws IOException, InterruptedException {
        done(List.of("mount", "-o", "remount," + options, directory.toString()));
    }

    /** Unmounts, and mounts again as at first. */
    void mountAgain() throws IOException, InterruptedException {
        done(List.of("umount", directory.toString()));
        done(mounting);
    }

    /** Lets the kernel find an error in the file system, whatever is open. */
    void breakFileSystem() throws IOException {
        String device = String.valueOf(Files.getFileStore(directory).name());
        Path trigger =
                Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString())
                        .resolve("trigger_fs_error");
        if (!Files.isWritable(trigger)) {
            skip(trigger + " is missing");
        }
        Files.writeString(trigger, "test");
    }

    /** Writes a file until there is no space for a byte more. */
    Path fill(String name) throws IOException {
        Path ballast = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            for (int step = 1 << 20; step > 0; step /= 2) {
                while (isWritten(file, step)) {
                    // Until it does not fit.
                }
            }
        }
        return ballast;
    }

    private static boolean isWritten(RandomAccessFile file, int bytes) throws IOException {
        long before = file.getFilePointer();
        try {
            file.write(new byte[bytes]);
            file.getFD().sync();
            return true;
        } catch (IOException e) {
            file.seek(before);
            return false;
        }
    }

    /** Runs a command, which must succeed. */
    static void done(List<String> command) throws IOException, InterruptedException {
        String failure = failure(command);
        assertThat(failure).as("%s", command).isEmpty();
    }

    /** Runs a command; skips the test if the machine does not permit it or does not know it. */
    static void require(List<String> command) throws InterruptedException {
        String failure;
        try {
            failure = failure(command);
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
        if (!failure.isEmpty()) {
            skip(failure);
        }
    }

    private static void skip(String reason) {
        ReliabilityReport.noted("environment-tests-skipped", SKIPPED.incrementAndGet());
        abort("skipped: " + reason.strip());
    }

    private static String failure(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean isDone =
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        return isDone ? "" : command.getFirst() + ": " + output;
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        try {
            done(List.of("umount", directory.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void unmountQuietly() {
        try {
            done(List.of("umount", "-l", directory.toString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

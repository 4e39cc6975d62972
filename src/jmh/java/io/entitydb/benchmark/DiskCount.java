package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the device under a directory is given to write: pages of files, the file system's journal,
 * and whatever other processes write to it meanwhile.
 *
 * <p>What the kernel counts for a process ({@code write_bytes} in {@code /proc/self/io}) is no
 * measure of this: it counts the whole folio, of up to some MiB, each time one byte of it is
 * changed before a force, of which the file system then writes the changed blocks only.
 */
final class DiskCount {

    private static final long SECTOR_BYTES = 512;

    /** Place of the sectors written in the line of a device. */
    private static final int SECTORS_WRITTEN = 6;

    private final Path directory;

    /** The device that a directory is on. */
    DiskCount(Path directory) {
        this.directory = directory;
    }

    /**
     * Bytes that were written, once nothing below the directory waits to be written any more; empty
     * where the system does not tell, or the directory is on no block device.
     */
    OptionalLong written() throws IOException {
        Path counts = counts();
        if (!Files.isReadable(counts)) {
            return OptionalLong.empty();
        }
        force();
        List<String> fields = List.of(Files.readString(counts).strip().split("\\s+", -1));
        return OptionalLong.of(Long.parseLong(fields.get(SECTORS_WRITTEN)) * SECTOR_BYTES);
    }

    private Path counts() throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return directory.resolve("no counts");
        }
        long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
        long major = (device >>> 8) & 0xfff;
        long minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
        return Path.of("/sys/dev/block/" + major + ":" + minor + "/stat");
    }

    private void force() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList();
        }
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (NoSuchFileException e) {
                // A store that merges in the background deletes files.
            }
        }
    }
}

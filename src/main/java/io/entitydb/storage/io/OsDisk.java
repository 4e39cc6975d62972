package io.entitydb.storage.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A directory of the operating system. Files and directories it makes are the owner's alone. */
public final class OsDisk implements Disk {

    /**
     * Bytes of a read-only map. Large enough that a store of terabytes needs thousands of maps, far
     * below the system's limit (65,530 on Linux), and small enough that the address space of the
     * last, growing window is no concern.
     */
    static final long WINDOW_BYTES = 1L << 30;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path directory;
    private final InstantSource clock;
    private final long windowBytes;

    /** A directory, which need not exist, and the system's clock. */
    public OsDisk(Path directory) {
        this(directory, InstantSource.system());
    }

    /** A directory, which need not exist, and a clock. */
    public OsDisk(Path directory, InstantSource clock) {
        this(directory, clock, WINDOW_BYTES);
    }

    OsDisk(Path directory, InstantSource clock, long windowBytes) {
        this.directory = directory.toAbsolutePath();
        this.clock = clock;
        this.windowBytes = windowBytes;
    }

    static FileChannel openChannel(Path path, Set<OpenOption> options) throws IOException {
        return FileChannel.open(path, options, ownerOnly(path, "rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public List<String> list() {
        return OsCalls.call("list " + name(), this::files);
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var names = new TreeSet<String>();
        try (var entries = Files.newDirectoryStream(directory, e -> !Files.isDirectory(e))) {
            for (var entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isWritable() {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }

    /** Also forces the parents, so that power loss does not take the directory away. */
    @Override
    public void createDirectory() {
        OsCalls.claim(
                "create directory " + name(),
                0,
                () -> {
                    var changed = new ArrayDeque<Path>();
                    var path = directory;
                    while (!Files.isDirectory(path) && path.getParent() != null) {
                        path = path.getParent();
                        changed.push(path);
                    }
                    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
                    for (var parent : changed) {
                        force(parent);
                    }
                    return changed;
                });
    }

    @Override
    public DiskFile open(String file, Access access) {
        var path = resolve(file);
        Set<OpenOption> options =
                switch (access) {
                    case READ -> Set.of(StandardOpenOption.READ);
                    case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
                    case CREATE ->
                            Set.of(
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE);
                };
        var channel = OsCalls.claim("open " + file, 0, () -> openChannel(path, options));
        return new OsDiskFile(file, channel, windowBytes);
    }

    @Override
    public void rename(String from, String to) {
        var source = resolve(from);
        var target = resolve(to);
        OsCalls.claim(
                "rename " + from + " to " + to,
                0,
                () ->
                        Files.move(
                                source,
                                target,
                                StandardCopyOption.ATOMIC_MOVE,
                                StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public void delete(String file) {
        var path = resolve(file);
        OsCalls.run("delete " + file, () -> Files.deleteIfExists(path));
    }

    @Override
    public void forceDirectory() {
        OsCalls.run("force directory " + name(), () -> force(directory));
    }

    private static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public DiskLock lock(String file) {
        FileName.plain(file);
        return OsCalls.claim(
                "lock " + file,
                0,
                () -> OsDiskLock.take(name(), directory.toRealPath().resolve(file)));
    }

    @Override
    public DiskLock lockToLook(String file) {
        FileName.plain(file);
        return OsCalls.call(
                "lock " + file,
                () -> OsDiskLock.takeToLook(name(), directory.toRealPath().resolve(file)));
    }

    @Override
    public long usableBytes() {
        return OsCalls.call(
                "usable bytes of " + name(), () -> Files.getFileStore(directory).getUsableSpace());
    }

    @Override
    public long now() {
        var instant = clock.instant();
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }

    private Path resolve(String file) {
        return directory.resolve(FileName.plain(file));
    }
}

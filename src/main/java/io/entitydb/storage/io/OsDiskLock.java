package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageLockedException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An operating-system lock on a file that is used for nothing else.
 *
 * <p>A process loses such a lock when it closes <i>any</i> channel on the file, also one that never
 * held it. So the file is opened only after the process has agreed with itself, in {@link #HELD},
 * that nobody in it holds the lock, in whatever way. The owner's process id stands in the file as
 * decimal digits and a line feed; it serves messages only.
 */
final class OsDiskLock implements DiskLock {

    private static final String THIS_PROCESS = "this process";
    private static final String WHO_LOOKS = "a command that reads it";

    private static final Set<OpenOption> TO_LOOK = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> TO_OWN =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** Real paths of the lock files that this process holds or is about to hold. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Channels whose close would drop a lock held by a copy of this class in another loader. */
    private static final Queue<FileChannel> ABANDONED = new ConcurrentLinkedQueue<>();

    private static final int PID_BYTES_MAX = 20;

    private final Path path;
    private final FileChannel channel;
    private final AtomicBoolean isHeld = new AtomicBoolean(true);

    private OsDiskLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the lock for this process alone.
     *
     * @param directory the data directory, as messages name it
     * @param path the lock file; its parent is a real path
     */
    static DiskLock take(String directory, Path path) throws IOException {
        return take(directory, path, false);
    }

    /**
     * Takes the lock together with other processes that only look, without writing a byte.
     *
     * @return a lock that holds nothing if there is no lock file
     */
    static DiskLock takeToLook(String directory, Path path) throws IOException {
        try {
            return take(directory, path, true);
        } catch (NoSuchFileException _) {
            return () -> {};
        }
    }

    private static DiskLock take(String directory, Path path, boolean isShared) throws IOException {
        if (!HELD.add(path)) {
            throw new StorageLockedException(directory, THIS_PROCESS);
        }
        boolean isTaken = false;
        try {
            var channel = lock(directory, path, isShared);
            isTaken = true;
            return new OsDiskLock(path, channel);
        } finally {
            if (!isTaken) {
                HELD.remove(path);
            }
        }
    }

    private static FileChannel lock(String directory, Path path, boolean isShared)
            throws IOException {
        var channel = OsDisk.openChannel(path, isShared ? TO_LOOK : TO_OWN);
        boolean isLocked = false;
        boolean mayClose = true;
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, isShared) == null) {
                throw new StorageLockedException(directory, holder(channel, isShared));
            }
            if (!isShared) {
                writePid(channel);
            }
            isLocked = true;
            return channel;
        } catch (OverlappingFileLockException _) {
            mayClose = false;
            ABANDONED.add(channel);
            throw new StorageLockedException(directory, THIS_PROCESS);
        } finally {
            if (!isLocked && mayClose) {
                channel.close();
            }
        }
    }

    /** Who looks leaves no name: the one in the file is then that of an owner in the past. */
    private static String holder(FileChannel channel, boolean isShared) throws IOException {
        boolean isLookedAt = !isShared && channel.tryLock(0, Long.MAX_VALUE, true) != null;
        return isLookedAt ? WHO_LOOKS : owner(channel);
    }

    private static void writePid(FileChannel channel) throws IOException {
        var digits = ByteBuffer.allocate(PID_BYTES_MAX);
        for (char digit : Long.toString(ProcessHandle.current().pid()).toCharArray()) {
            digits.put((byte) digit);
        }
        digits.put((byte) '\n').flip();
        channel.truncate(0);
        long position = 0;
        while (digits.hasRemaining()) {
            position += channel.write(digits, position);
        }
    }

    /** The file is empty between the owner's lock and its first write. */
    private static String owner(FileChannel channel) throws IOException {
        var content = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(content, 0);
        content.flip();
        var pid = new StringBuilder();
        while (content.hasRemaining()) {
            byte digit = content.get();
            if (digit < '0' || digit > '9') {
                break;
            }
            pid.append((char) digit);
        }
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    @Override
    public void close() {
        if (!isHeld.compareAndSet(true, false)) {
            return;
        }
        try {
            OsCalls.run("unlock " + path.getFileName(), channel::close);
        } finally {
            HELD.remove(path);
        }
    }
}

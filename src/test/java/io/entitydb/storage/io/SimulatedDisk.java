package io.entitydb.storage.io;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Fault.Effect;

import org.jspecify.annotations.Nullable;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A disk in memory that knows what power loss would leave of it.
 *
 * <p>Reads see the page cache: all that was written. What a force covered is durable. {@link
 * #crashStates} makes the disks that may come back after a power cut; {@link #control} cuts the
 * power at a call and lets calls fail.
 *
 * <p>Same seed, same calls: same results. Thread-safe; nothing sleeps.
 */
public final class SimulatedDisk implements Disk {

    private final Object monitor = new Object();
    private final DiskControl control = new DiskControl(monitor);
    private final SimulatedLocks locks = new SimulatedLocks();
    private final Supplier<String> name;
    private final long seed;
    private final SimulatedClock clock;

    @GuardedBy("monitor")
    private final SimulatedDirectory directory;

    @GuardedBy("monitor")
    private int openFiles;

    /** An empty directory. */
    public SimulatedDisk(long seed) {
        this(seed, new SimulatedClock());
    }

    /** An empty directory and a clock. */
    public SimulatedDisk(long seed, SimulatedClock clock) {
        this(() -> "simulated disk " + seed, seed, clock, new SimulatedDirectory(true));
    }

    private SimulatedDisk(
            Supplier<String> name, long seed, SimulatedClock clock, SimulatedDirectory directory) {
        this.name = name;
        this.seed = seed;
        this.clock = clock;
        this.directory = directory;
    }

    /** A directory that has yet to be created. */
    public static SimulatedDisk withoutDirectory(long seed) {
        return new SimulatedDisk(
                () -> "simulated disk " + seed,
                seed,
                new SimulatedClock(),
                new SimulatedDirectory(false));
    }

    /** The disks that a power cut at this moment may leave, drawn when they are asked for. */
    public Stream<SimulatedDisk> crashStates(CrashPlan plan) {
        var states = new CrashStates(copyOfDirectory(), plan).stream();
        long time = clock.peek();
        return states.map(state -> after(() -> "after " + state.choice(), time, state.directory()));
    }

    /**
     * The disk as it is after the process was killed: all writes are there, none is more durable
     * than before, nobody holds a lock or an open file.
     */
    public SimulatedDisk snapshotOfCache() {
        return after(() -> "after a kill", clock.peek(), copyOfDirectory());
    }

    private SimulatedDisk after(Supplier<String> event, long time, SimulatedDirectory left) {
        var restarted = new SimulatedClock(time);
        return new SimulatedDisk(() -> name() + ' ' + event.get(), seed, restarted, left);
    }

    private SimulatedDirectory copyOfDirectory() {
        synchronized (monitor) {
            return directory.copy();
        }
    }

    /** What is drawn is drawn from it. */
    public long seed() {
        return seed;
    }

    /** Counts calls, cuts the power, lets calls fail. */
    public DiskControl control() {
        return control;
    }

    /** Files that are open. */
    public int openFiles() {
        synchronized (monitor) {
            return openFiles;
        }
    }

    /** Locks that are held. */
    public int heldLocks() {
        return locks.count();
    }

    /** Writes and directory changes that power loss may take. */
    public int pendingChanges() {
        synchronized (monitor) {
            int writesPending =
                    directory.files().stream().mapToInt(file -> file.pending().size()).sum();
            return writesPending + directory.pendingChanges();
        }
    }

    /** Names, sizes and bytes of all files, as reads see them, in one number. */
    public long fingerprint() {
        synchronized (monitor) {
            long all = 0;
            for (var name : directory.names()) {
                var image = directory.require("fingerprint", name).cache();
                all = 31 * (31 * all + name.hashCode()) + image.fingerprint();
            }
            return all;
        }
    }

    /** All bytes of a file, as reads see them. Not a call: it does not count and cannot fail. */
    public byte[] contents(String file) {
        synchronized (monitor) {
            var image = directory.require("contents", file).cache();
            var bytes = new byte[Math.toIntExact(image.size())];
            image.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    /** Gives a file a content, durable at once; makes the file if it is missing. Not a call. */
    public void replace(String file, byte[] content) {
        synchronized (monitor) {
            var stored = directory.find(FileName.plain(file));
            if (stored == null) {
                stored = new StoredFile();
                directory.putDurably(file, stored);
            }
            stored.replace(content);
        }
    }

    /** The clock that {@link #now} reads. */
    public SimulatedClock clock() {
        return clock;
    }

    @Override
    public String name() {
        return name.get();
    }

    @Override
    public List<String> list() {
        synchronized (monitor) {
            begin(DiskCall.LIST, "list");
            return directory.names();
        }
    }

    @Override
    public boolean isWritable() {
        synchronized (monitor) {
            control.checkPower(DiskCall.LIST);
            return directory.isPresent() && !control.isReadOnly();
        }
    }

    @Override
    public void createDirectory() {
        change(DiskCall.CREATE_DIRECTORY, "create directory", SimulatedDirectory::create);
    }

    private void change(DiskCall call, String what, Consumer<SimulatedDirectory> change) {
        synchronized (monitor) {
            begin(call, what);
            change.accept(directory);
            control.checkPower(call);
        }
    }

    @Override
    public DiskFile open(String file, Access access) {
        FileName.plain(file);
        synchronized (monitor) {
            var stored =
                    switch (access) {
                        case READ, WRITE -> {
                            begin(DiskCall.OPEN, "open " + file);
                            yield directory.require("open", file);
                        }
                        case CREATE -> create(file);
                    };
            openFiles++;
            return new SimulatedFile(this, file, stored, access != Access.READ);
        }
    }

    @GuardedBy("monitor")
    private StoredFile create(String file) {
        begin(DiskCall.CREATE, "open " + file);
        if (!directory.isPresent()) {
            throw new StorageIoException("open " + file, new NoSuchFileException(file));
        }
        if (directory.find(file) != null) {
            throw new StorageIoException("open " + file, new FileAlreadyExistsException(file));
        }
        var stored = new StoredFile();
        directory.apply(new DirectoryChange.Created(file, stored));
        control.checkPower(DiskCall.CREATE);
        return stored;
    }

    @Override
    public void rename(String from, String to) {
        FileName.plain(from);
        FileName.plain(to);
        change(
                DiskCall.RENAME,
                "rename " + from + " to " + to,
                files -> {
                    files.require("rename", from);
                    files.apply(new DirectoryChange.Renamed(from, to));
                });
    }

    @Override
    public void delete(String file) {
        FileName.plain(file);
        change(
                DiskCall.DELETE,
                "delete " + file,
                files -> {
                    if (files.find(file) != null) {
                        files.apply(new DirectoryChange.Deleted(file));
                    }
                });
    }

    @Override
    public void forceDirectory() {
        synchronized (monitor) {
            if (begin(DiskCall.FORCE_DIRECTORY, "force directory") == null) {
                directory.force();
            }
            control.checkPower(DiskCall.FORCE_DIRECTORY);
        }
    }

    /** The lock file is durable at once: nothing may depend on it. */
    @Override
    public DiskLock lock(String file) {
        FileName.plain(file);
        synchronized (monitor) {
            begin(DiskCall.LOCK, "lock " + file);
            if (!directory.isPresent()) {
                throw new StorageIoException("lock " + file, new NoSuchFileException(file));
            }
            var lock = locks.take(name(), file);
            if (directory.find(file) == null) {
                directory.putDurably(file, new StoredFile());
            }
            return lock;
        }
    }

    @Override
    public DiskLock lockToLook(String file) {
        FileName.plain(file);
        synchronized (monitor) {
            begin(DiskCall.LOCK, "lock " + file);
            if (!directory.isPresent()) {
                throw new StorageIoException("lock " + file, new NoSuchFileException(file));
            }
            return directory.find(file) == null ? () -> {} : locks.take(name(), file);
        }
    }

    @Override
    public long usableBytes() {
        synchronized (monitor) {
            control.checkPower(DiskCall.LIST);
            return usable();
        }
    }

    @Override
    public long now() {
        return clock.now();
    }

    /** Held by every call, so that the calls of all threads have one order. */
    Object monitor() {
        return monitor;
    }

    /** Begins a call that has no effects of its own; answers {@code FORCE_IGNORED} or null. */
    @Nullable Effect begin(DiskCall call, String what) {
        return begin(call, () -> what);
    }

    /** The same, with words that are put together only for a failure. */
    @Nullable Effect begin(DiskCall call, Supplier<String> what) {
        var effect = control.enter(call);
        if (effect != null && effect != Effect.FORCE_IGNORED) {
            throw Fault.failure(effect, what.get(), 0, usable());
        }
        return effect;
    }

    long usable() {
        synchronized (monitor) {
            return Math.max(0, control.capacityBytes() - directory.usedBytes());
        }
    }

    long nextWrite() {
        synchronized (monitor) {
            return directory.nextWrite();
        }
    }

    /** Whether a write is among those that a failing force still brings to the disk. */
    boolean isLucky(PendingWrite write) {
        return new SplittableRandom(seed * 31 + write.order()).nextBoolean();
    }

    void fileClosed() {
        synchronized (monitor) {
            openFiles--;
        }
    }
}

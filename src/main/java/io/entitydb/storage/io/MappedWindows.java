package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageIoException;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The first bytes of a file as read-only memory, in windows of a fixed size.
 *
 * <p><b>Growth.</b> A map beyond the end of a file is refused by the system, so the last window is
 * partial, and growth replaces it by a longer one over the same bytes. The old one stays mapped: a
 * reader may be in it.
 *
 * <p><b>Close.</b> All maps belong to one shared arena. Closing it stops every thread once, however
 * many maps there are, and a reader that is copying gets an exception; unmapping under it would
 * kill the JVM.
 *
 * <p>{@link #grow} and {@link #close} are called by one thread at a time, {@link #read} by any.
 */
final class MappedWindows implements AutoCloseable {

    private static final View EMPTY = new View(List.of(), 0);
    private static final View CLOSED = new View(List.of(), -1);

    private final String file;
    private final long windowBytes;
    private final Arena arena = Arena.ofShared();

    /** All that a reader needs, so that it takes one volatile read. */
    private volatile View view = EMPTY;

    MappedWindows(String file, long windowBytes) {
        if (windowBytes <= 0) {
            throw new IllegalArgumentException("windowBytes: " + windowBytes);
        }
        this.file = file;
        this.windowBytes = windowBytes;
    }

    /** Maps what is missing up to the size; a smaller size than before changes nothing. */
    void grow(FileChannel channel, long size) throws IOException {
        var before = view;
        if (before.isClosed()) {
            throw new StorageClosedException("closed: map " + file);
        }
        if (size <= before.size) {
            return;
        }
        // A channel that may write would make the file longer instead of refusing.
        long end = channel.size();
        if (size > end) {
            throw new EOFException(size + " bytes wanted, file has " + end);
        }
        int firstToMap = (int) (before.size / windowBytes);
        var windows = new ArrayList<>(before.windows.subList(0, firstToMap));
        for (long start = firstToMap * windowBytes; start < size; start += windowBytes) {
            long length = Math.min(windowBytes, size - start);
            windows.add(channel.map(MapMode.READ_ONLY, start, length, arena));
        }
        view = new View(List.copyOf(windows), size);
    }

    /**
     * Copies mapped bytes to the heap.
     *
     * <p>Touching a page that the device cannot deliver, or that lies beyond the end of a truncated
     * file, raises {@link InternalError}. Compiled code raises it not in the access but at the next
     * point where the thread looks at its mail, which may lie behind every {@code catch}. A call
     * into native code is such a point, so one follows each copy.
     */
    void read(long position, byte[] target, int offset, int length) {
        var current = view;
        if (current.isClosed()) {
            throw new StorageClosedException("closed: read " + file);
        }
        if (position < 0 || position > current.size - length) {
            throw new StorageIoException(
                    describe(position, length),
                    new EOFException(current.size + " bytes are mapped"));
        }
        try {
            copy(current, position, target, offset, length);
            Thread.holdsLock(target);
        } catch (InternalError fault) {
            throw new StorageIoException(describe(position, length), fault);
        } catch (IllegalStateException closed) {
            throw new StorageClosedException("closed: read " + file);
        }
    }

    private void copy(View current, long position, byte[] target, int offset, int length) {
        long from = position;
        int copied = 0;
        while (copied < length) {
            long start = from % windowBytes;
            int count = (int) Math.min(length - copied, windowBytes - start);
            var window = current.windows.get((int) (from / windowBytes));
            MemorySegment.copy(
                    window, ValueLayout.JAVA_BYTE, start, target, offset + copied, count);
            from += count;
            copied += count;
        }
    }

    private String describe(long position, int length) {
        return "read " + file + " at " + position + ", " + length + " bytes,";
    }

    /** Unmaps everything; readers fail from here on. */
    @Override
    public void close() {
        if (!view.isClosed()) {
            view = CLOSED;
            arena.close();
        }
    }

    /**
     * What is mapped.
     *
     * @param windows each of the fixed size, but the last, which may be shorter
     * @param size readable bytes; negative once closed
     */
    private record View(List<MemorySegment> windows, long size) {

        boolean isClosed() {
            return size < 0;
        }
    }
}

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
 * <p><b>Growth.</b> A map beyond the end of a file is refused by the system, so a window that is
 * not full is made of parts, one for each growth, and replaced by one map when it is full. What was
 * replaced stays mapped, because a reader may be in it; so each byte is mapped twice, or with very
 * many growths in one window a little more often. Each time would cost its own page tables.
 *
 * <p><b>Close.</b> All maps belong to one shared arena. Closing it stops every thread once, however
 * many maps there are, and a reader that is copying gets an exception; unmapping under it would
 * kill the JVM.
 *
 * <p>{@link #grow} and {@link #close} are called by one thread at a time, {@link #read} by any.
 */
final class MappedWindows implements AutoCloseable {

    /** Parts of a window that is not full; with more they are put together. */
    private static final int MAX_PARTS = 64;

    private static final View EMPTY = new View(List.of(), List.of(), 0);
    private static final View CLOSED = new View(List.of(), List.of(), -1);

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
        var full = new ArrayList<>(before.full);
        while (size - full.size() * windowBytes >= windowBytes) {
            full.add(map(channel, full.size() * windowBytes, windowBytes));
        }
        long border = full.size() * windowBytes;
        boolean isSameWindow = full.size() == before.full.size();
        var parts = new ArrayList<Part>();
        long rest = border;
        if (isSameWindow && before.parts.size() < MAX_PARTS) {
            parts.addAll(before.parts);
            rest = before.size;
        }
        if (rest < size) {
            parts.add(new Part(rest, map(channel, rest, size - rest)));
        }
        view = new View(List.copyOf(full), List.copyOf(parts), size);
    }

    private MemorySegment map(FileChannel channel, long start, long length) throws IOException {
        return channel.map(MapMode.READ_ONLY, start, length, arena);
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
            long window = from / windowBytes;
            MemorySegment bytes;
            long start;
            if (window < current.full.size()) {
                bytes = current.full.get((int) window);
                start = from % windowBytes;
            } else {
                Part part = current.partOf(from);
                bytes = part.bytes;
                start = from - part.start;
            }
            int count = (int) Math.min(length - copied, bytes.byteSize() - start);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, target, offset + copied, count);
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
     * Bytes of a window that is not full.
     *
     * @param start position of the first in the file
     */
    private record Part(long start, MemorySegment bytes) {}

    /**
     * What is mapped.
     *
     * @param full windows of the fixed size
     * @param parts of the window that is not full, in order and without gaps
     * @param size readable bytes; negative once closed
     */
    private record View(List<MemorySegment> full, List<Part> parts, long size) {

        boolean isClosed() {
            return size < 0;
        }

        /** The part that holds a position behind the full windows. */
        Part partOf(long position) {
            int low = 0;
            int high = parts.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (parts.get(middle).start <= position) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return parts.get(low);
        }
    }
}

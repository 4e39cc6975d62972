package io.entitydb.benchmark;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The limit: appends byte arrays to preallocated space with group commit, and does nothing else. No
 * index, no checksum, no check.
 */
final class AppendAndForce implements AutoCloseable {

    private static final int ZEROS_BYTES = 16 << 20;

    private record Append(ByteBuffer bytes, CompletableFuture<Boolean> done) {}

    private static final Append END = new Append(ByteBuffer.allocate(0), new CompletableFuture<>());

    private final DiskFile file;
    private final BlockingQueue<Append> queue = new ArrayBlockingQueue<>(4096);
    private final Thread thread = Thread.ofPlatform().name("limit").unstarted(this::run);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 20);
    private long position;
    private long allocated;

    AppendAndForce(Disk disk) {
        disk.createDirectory();
        file = disk.open("limit.bin", Disk.Access.CREATE);
    }

    void start() {
        thread.start();
    }

    void commit(byte[] bytes) {
        Append append = new Append(ByteBuffer.wrap(bytes), new CompletableFuture<>());
        queue.add(append);
        append.done().join();
    }

    @Override
    public void close() {
        queue.add(END);
        END.done().join();
        file.close();
    }

    private void run() {
        try {
            List<Append> batch = new ArrayList<>();
            while (true) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                buffer.clear();
                for (Append append : batch) {
                    buffer.put(append.bytes());
                }
                write(buffer.flip());
                batch.forEach(append -> append.done().complete(true));
                if (batch.getLast().equals(END)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(ByteBuffer frames) {
        if (position + frames.remaining() > allocated) {
            file.write(ByteBuffer.allocateDirect(ZEROS_BYTES), allocated);
            allocated += ZEROS_BYTES;
            file.force();
        }
        int length = frames.remaining();
        file.write(frames, position);
        file.force();
        position += length;
    }
}

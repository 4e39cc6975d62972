package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.Disk.Access;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Four threads that read a file while another grows or closes it. */
final class ConcurrentReads {

    private static final int READERS = 4;
    private static final int GROWTH_BYTES = 5_000;
    private static final int GROWTHS = 200;
    private static final long GROWN_BYTES = (long) GROWTHS * GROWTH_BYTES;
    private static final int READ_BYTES_MAX = 3 * DiskContract.WINDOW_BYTES;

    private ConcurrentReads() {}

    /** Each reader must see what was written at every position that is mapped. */
    static void growWhileFourRead(Disk disk) {
        var mapped = new AtomicLong();
        var reads = new Semaphore(0);
        try (var file = disk.open("grown", Access.CREATE)) {
            grow(file, mapped);
            runWithReaders(
                    seed -> {
                        try {
                            return readUntilGrown(file, seed, mapped, reads);
                        } finally {
                            reads.release(READERS * GROWTHS);
                        }
                    },
                    () -> {
                        while (mapped.get() < GROWN_BYTES) {
                            grow(file, mapped);
                            reads.acquire(READERS);
                        }
                    });
        }
    }

    private static boolean readUntilGrown(
            DiskFile file, int seed, AtomicLong mapped, Semaphore reads) {
        var random = new SplittableRandom(seed);
        while (mapped.get() < GROWN_BYTES && !Thread.currentThread().isInterrupted()) {
            long size = mapped.get();
            int length = (int) Math.min(size, 1 + random.nextInt(READ_BYTES_MAX));
            long position = random.nextLong(size - length + 1);
            if (!isExpected(file, position, length)) {
                return false;
            }
            reads.release();
        }
        return true;
    }

    private static void grow(DiskFile file, AtomicLong mapped) {
        long position = mapped.get();
        var block = ByteBuffer.allocate(GROWTH_BYTES);
        for (long at = position; block.hasRemaining(); at++) {
            block.put(expected(at));
        }
        file.write(block.flip(), position);
        file.map(position + GROWTH_BYTES);
        mapped.set(position + GROWTH_BYTES);
    }

    private static boolean isExpected(DiskFile file, long position, int length) {
        var target = DiskContract.read(file, position, length);
        for (int i = 0; i < length; i++) {
            if (target[i] != expected(position + i)) {
                return false;
            }
        }
        return true;
    }

    private static byte expected(long position) {
        return (byte) (position * 31 + (position >>> 8) * 17);
    }

    /** Each reader must read right bytes until it is told that the file is closed. */
    static void closeWhileFourRead(Disk disk) {
        var started = new CountDownLatch(READERS);
        var closed = new AtomicBoolean();
        var mapped = new AtomicLong();
        var file = disk.open("closed", Access.CREATE);
        for (int i = 0; i < 40; i++) {
            grow(file, mapped);
        }
        runWithReaders(
                seed -> {
                    try {
                        return readUntilClosed(file, started, closed);
                    } finally {
                        started.countDown();
                    }
                },
                () -> {
                    started.await();
                    file.close();
                    closed.set(true);
                });
    }

    private static boolean readUntilClosed(
            DiskFile file, CountDownLatch started, AtomicBoolean closed) {
        for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
            if (n == 100) {
                started.countDown();
            }
            boolean wasClosed = closed.get();
            try {
                if (!isExpected(file, n % 100 * 1_000L, 90_000) || wasClosed) {
                    return false;
                }
            } catch (StorageClosedException expected) {
                return true;
            }
        }
        return false;
    }

    private static void runWithReaders(Reader reader, Writer writer) {
        try (var executor = Executors.newFixedThreadPool(READERS)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int seed = 0; seed < READERS; seed++) {
                results.add(executor.submit(task(reader, seed)));
            }
            try {
                writer.run();
                for (var result : results) {
                    assertThat(result.get()).isTrue();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            } finally {
                executor.shutdownNow();
            }
        }
    }

    private static Callable<Boolean> task(Reader reader, int seed) {
        return () -> reader.run(seed);
    }

    @FunctionalInterface
    private interface Reader {
        boolean run(int seed);
    }

    @FunctionalInterface
    private interface Writer {
        void run() throws InterruptedException;
    }
}

package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a write to the data file until a test lets it go on. */
final class GatedDisk {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Disk disk;
    private volatile @Nullable Gate gate;

    GatedDisk(Disk disk) {
        this.disk = new ForwardingDisk(disk, this::gated);
    }

    /** What the engine is given. */
    Disk disk() {
        return disk;
    }

    /** The next write waits at a gate. */
    Gate holdNextWrite() {
        Gate closed = new Gate();
        gate = closed;
        return closed;
    }

    /** No write waits any more that has not reached its gate. */
    void holdNothing() {
        gate = null;
    }

    private DiskFile gated(DiskFile file) {
        return file.name().equals(StoreFiles.DATA) ? new GatedFile(file) : file;
    }

    /** Where one write waits. */
    static final class Gate {

        private final CompletableFuture<Boolean> reached = new CompletableFuture<>();
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Returns when the write waits. */
        void awaitReached() {
            reached.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        /** Whether the write waits, or has waited. */
        boolean isReached() {
            return reached.isDone();
        }

        /** Lets the write go on. */
        void open() {
            opened.countDown();
        }

        private void pass() {
            reached.complete(true);
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final class GatedFile extends ForwardingFile {

        private GatedFile(DiskFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long position) {
            Gate closed = gate;
            if (closed != null) {
                gate = null;
                closed.pass();
            }
            super.write(source, position);
        }
    }
}

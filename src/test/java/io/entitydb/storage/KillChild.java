package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process that writes until it is killed. Prints {@code READY}, then a line for each entity of
 * each acknowledged transaction, see {@link KillAck}, and one that begins with {@code FAILED} for
 * each commit that failed otherwise than by a conflict. Ends properly when it is told to terminate,
 * and then prints {@code CLOSED}.
 */
final class KillChild {

    static final String READY = "READY";
    static final String FAILED = "FAILED";
    static final String CLOSED = "CLOSED";

    /** Threads that write, and so transactions that may be committed and not printed. */
    static final int WRITERS = 4;

    private static final int OWN_ENTITIES = 5;
    private static final EntityKey SHARED = new EntityKey("shared", "all");
    private static final long PAUSE_MILLIS = 5;

    private final StorageEngine engine;
    private final Mode mode;
    private final List<FileInputStream> held = new ArrayList<>();
    private volatile boolean isEnding;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    /** What it does once the store is open. */
    enum Mode {
        /** Writes at once. */
        WRITE(200),
        /** Writes when a line was read from the standard input, with a checkpoint now and then. */
        WRITE_WHEN_TOLD(20),
        /** The same, having opened as many files as the system permits. */
        WRITE_WITHOUT_DESCRIPTORS(20),
        /** Nothing; ends when a line was read. */
        OPEN(200);

        private final int commitsPerCheckpoint;

        Mode(int commitsPerCheckpoint) {
            this.commitsPerCheckpoint = commitsPerCheckpoint;
        }
    }

    private KillChild(StorageEngine engine, Mode mode) {
        this.engine = engine;
        this.mode = mode;
    }

    /** Arguments: directory, seed, mode. */
    public static void main(String[] arguments) throws IOException {
        StorageEngine engine = engine(Path.of(arguments[0]));
        KillChild child = new KillChild(engine, Mode.valueOf(arguments[2]));
        engine.open();
        Runtime.getRuntime().addShutdownHook(new Thread(child::close));
        child.print(READY);
        if (child.mode != Mode.WRITE && System.in.read() < 0) {
            return;
        }
        if (child.mode == Mode.WRITE_WITHOUT_DESCRIPTORS) {
            child.takeDescriptors(Path.of(arguments[0]));
        }
        if (child.mode != Mode.OPEN) {
            child.start(new SplittableRandom(Long.parseLong(arguments[1])));
        }
    }

    /** An engine that grows and writes checkpoints as often as it may. */
    static StorageEngine engine(Path directory) {
        return StorageEngine.over(
                new OsDisk(directory),
                StorageOptions.defaults().toBuilder()
                        .growthBytes(64 << 10)
                        .checkpointBytes(64 << 10)
                        .queueCapacity(1024)
                        .batchBytes(1 << 20)
                        .commitTimeout(Duration.ofSeconds(60))
                        .idlePublish(Duration.ofMillis(3))
                        .reopenDelay(Duration.ofMillis(10))
                        .build(),
                StorageObserver.NONE);
    }

    /** Classes come out of archives that are open already, see {@link ChildClasses}. */
    @SuppressWarnings("InfiniteLoopStatement") // Until the system refuses.
    private void takeDescriptors(Path directory) {
        try {
            while (true) {
                held.add(new FileInputStream(directory.resolve(StoreFiles.LOCK).toFile()));
            }
        } catch (IOException e) {
            // Too many open files.
        }
    }

    private void start(SplittableRandom random) {
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            SplittableRandom own = random.split();
            Thread.ofPlatform().name("caller-" + writer).start(() -> write(number, own));
        }
    }

    private void close() {
        isEnding = true;
        try {
            engine.close();
            print(CLOSED);
        } catch (IOException e) {
            // Nobody reads any more.
            throw new IllegalStateException(e);
        }
    }

    private void write(int writer, SplittableRandom random) {
        try {
            while (transact(writer, random)) {
                if (random.nextInt(mode.commitsPerCheckpoint) == 0) {
                    checkpoint();
                }
            }
        } catch (IOException e) {
            // Nobody reads any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkpoint() throws IOException {
        try {
            engine.checkpoint();
        } catch (StorageException e) {
            if (!isEnding) {
                print(FAILED + " checkpoint " + e.code());
            }
        }
    }

    /** One attempt; false when there is no sense in another. */
    private boolean transact(int writer, SplittableRandom random)
            throws IOException, InterruptedException {
        try {
            Transaction transaction = engine.begin("writer-" + writer);
            List<EntityKey> keys = new ArrayList<>();
            keys.add(new EntityKey("w" + writer, "e" + random.nextInt(OWN_ENTITIES)));
            if (random.nextInt(5) == 0) {
                keys.add(SHARED);
            }
            keys.forEach(key -> change(transaction, key, random));
            acknowledge(keys, transaction.commit());
        } catch (VersionConflictException e) {
            // Another writer changed the shared entity first: nothing was written.
            return true;
        } catch (StorageException e) {
            if (isEnding) {
                return false;
            }
            print(FAILED + " " + e.code());
            new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private static void change(Transaction transaction, EntityKey key, SplittableRandom random) {
        Optional<Entity> now = transaction.latest(key);
        boolean isLiving = now.isPresent() && !now.get().isDeleted();
        if (isLiving && random.nextInt(8) == 0) {
            transaction.delete(key);
        } else if (now.isPresent() && !isLiving && random.nextBoolean()) {
            transaction.restore(key);
        } else {
            Tag tag = new Tag("word" + random.nextInt(40), "v");
            transaction.save(
                    key, EntityDraft.of(Set.of(tag), KillContent.of(key, random.nextLong())));
        }
    }

    /** What is printed is what the store answers right after the acknowledgement. */
    private void acknowledge(List<EntityKey> keys, long sequence) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (EntityKey key : keys) {
            Entity entity = engine.snapshotAt(sequence).latest(key).orElseThrow();
            lines.append(KillAck.of(sequence, entity)).append('\n');
        }
        lines.setLength(lines.length() - 1);
        print(lines.toString());
    }

    private synchronized void print(String line) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}

package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.io.OsDisk;

import java.io.FileDescriptor;
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

/**
 * A process that writes until it is killed. Prints {@code READY}, then a line for each entity of
 * each acknowledged transaction, see {@link KillAck}.
 */
final class KillChild {

    static final String READY = "READY";

    private static final int WRITERS = 4;
    private static final int OWN_ENTITIES = 5;
    private static final EntityKey SHARED = new EntityKey("shared", "all");

    private final StorageEngine engine;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    private KillChild(StorageEngine engine) {
        this.engine = engine;
    }

    /** Arguments: directory, seed. */
    public static void main(String[] arguments) throws IOException {
        StorageEngine engine = engine(Path.of(arguments[0]));
        engine.open();
        KillChild child = new KillChild(engine);
        child.print(READY);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            SplittableRandom own = random.split();
            Thread.ofPlatform().name("caller-" + writer).start(() -> child.write(number, own));
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
                        .build(),
                StorageObserver.NONE);
    }

    private void write(int writer, SplittableRandom random) {
        while (true) {
            try {
                Transaction transaction = engine.begin("writer-" + writer);
                List<EntityKey> keys = new ArrayList<>();
                keys.add(new EntityKey("w" + writer, "e" + random.nextInt(OWN_ENTITIES)));
                if (random.nextInt(5) == 0) {
                    keys.add(SHARED);
                }
                keys.forEach(key -> change(transaction, key, random));
                acknowledge(keys, transaction.commit());
                if (random.nextInt(200) == 0) {
                    engine.checkpoint();
                }
            } catch (VersionConflictException e) {
                // Another writer changed the shared entity first: nothing was written.
            } catch (IOException e) {
                // Nobody reads any more.
                return;
            }
        }
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

package io.entitydb.benchmark;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** EntityDB's engine, which keeps no index of tags: that follows the log. */
class EntityDbStore implements Store {

    static final String DATASET = "default";

    private final Path directory;
    private final StorageEngine engine;
    private final LongAdder frames = new LongAdder();
    private final LongAdder zeros = new LongAdder();

    EntityDbStore(Path directory) {
        this(directory, StorageOptions.defaults());
    }

    EntityDbStore(Path directory, StorageOptions options) {
        this.directory = directory;
        engine = StorageEngine.over(new OsDisk(directory), options, new Counting());
    }

    /** Options of an engine that keeps no versions in memory. */
    static StorageOptions keepingNothing() {
        return StorageOptions.defaults().toBuilder().cachedVersions(0).build();
    }

    /** Counts what the engine writes. */
    private final class Counting implements StorageObserver {

        @Override
        public void appended(long bytes) {
            frames.add(bytes);
        }

        @Override
        public void extended(long bytes) {
            zeros.add(bytes);
        }
    }

    static EntityKey key(String id) {
        return new EntityKey(DATASET, id);
    }

    static EntityDraft draft(Write write) {
        Set<Tag> tags = new TreeSet<>();
        for (String tag : write.tags()) {
            tags.add(Tag.parse(tag));
        }
        return EntityDraft.of(tags, Content.of(Content.OCTET_STREAM, write.content()));
    }

    final StorageEngine engine() {
        return engine;
    }

    /** Bytes of frames that were appended to the log. */
    final long frames() {
        return frames.sum();
    }

    /** Bytes of zeros that the log was extended with. */
    final long zeros() {
        return zeros.sum();
    }

    /** Bytes of the newest image of the entity index. */
    final long indexBytes() throws IOException {
        return Files.size(directory.resolve("entities.idx"));
    }

    @Override
    public void open() {
        engine.open();
    }

    @Override
    public long commit(List<Write> writes) {
        Transaction transaction = engine.begin("benchmark");
        for (Write write : writes) {
            transaction.save(key(write.id()), draft(write));
        }
        return transaction.commit();
    }

    @Override
    public @Nullable Found read(String id) {
        return found(engine.snapshot().latest(key(id)).orElse(null));
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        return found(engine.snapshotAt(point).latest(key(id)).orElse(null));
    }

    @Override
    public List<Found> page(String tag, int limit) {
        throw new UnsupportedOperationException("the engine alone does not find by tags");
    }

    @Override
    public void close() {
        engine.close();
    }

    static @Nullable Found found(@Nullable Entity entity) {
        return entity == null ? null : new FoundEntity(entity);
    }

    private record FoundEntity(Entity entity) implements Found {

        @Override
        public Set<String> tags() {
            return entity.tags().keySet().stream()
                    .map(Tag::toString)
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public int length() {
            return (int) entity.content().length();
        }

        @Override
        public byte[] content() {
            return entity.content().bytes();
        }
    }
}

package io.entitydb.benchmark;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * H2's MVStore: one writer at a time, committed and synced with each transaction; readers go on
 * beside it. 256 MB of cache.
 */
final class MvStore extends KeyValueStore {

    private static final int CACHE_MB = 256;
    private static final byte[] POINT = bytes("point");
    private static final byte[] NOTHING = new byte[0];

    private final Path directory;
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Open open;

    MvStore(Path directory) {
        this.directory = directory;
    }

    private record Open(
            MVStore store,
            MVMap<byte[], byte[]> current,
            MVMap<byte[], byte[]> past,
            MVMap<byte[], byte[]> tags,
            MVMap<byte[], byte[]> state)
            implements Batch, View {

        @Override
        public byte @Nullable [] current(byte[] id) {
            return current.get(id);
        }

        @Override
        public void putCurrent(byte[] id, byte[] value) {
            current.put(id, value);
        }

        @Override
        public void putPast(byte[] key, byte[] value) {
            past.put(key, value);
        }

        @Override
        public void putTag(byte[] key) {
            tags.put(key, NOTHING);
        }

        @Override
        public void deleteTag(byte[] key) {
            tags.remove(key);
        }

        @Override
        public byte @Nullable [] floor(byte[] id, byte[] key) {
            byte[] found = past.floorKey(key);
            return found != null && isPrefix(id, found) ? past.get(found) : null;
        }

        @Override
        public List<byte[]> tagged(byte[] prefix, int limit) {
            List<byte[]> keys = new ArrayList<>(limit);
            Cursor<byte[], byte[]> cursor = tags.cursor(prefix);
            while (keys.size() < limit && cursor.hasNext()) {
                byte[] key = cursor.next();
                if (!isPrefix(prefix, key)) {
                    break;
                }
                keys.add(key);
            }
            return keys;
        }
    }

    @Override
    public void open() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MVStore store =
                new MVStore.Builder()
                        .fileName(directory.resolve("store.mv").toString())
                        .cacheSize(CACHE_MB)
                        .autoCommitDisabled()
                        .open();
        open =
                new Open(
                        store,
                        map(store, "current"),
                        map(store, "past"),
                        map(store, "tags"),
                        map(store, "state"));
    }

    private static MVMap<byte[], byte[]> map(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private Open opened() {
        return Objects.requireNonNull(open);
    }

    @Override
    public long commit(List<Write> writes) {
        Open maps = opened();
        writing.lock();
        try {
            byte[] newest = maps.state().get(POINT);
            long point = newest == null ? 1 : StoredVersion.point(newest) + 1;
            for (Write write : writes) {
                apply(maps, write, point);
            }
            maps.state().put(POINT, pastKey(NOTHING, point));
            maps.store().commit();
            maps.store().sync();
            return point;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public @Nullable Found read(String id) {
        return read(opened(), id);
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        return readAt(opened(), id, point);
    }

    @Override
    public List<Found> page(String tag, int limit) {
        return page(opened(), tag, limit);
    }

    @Override
    public void close() {
        opened().store().close();
    }
}

package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * RocksDB: a synced write batch for each transaction, which its own group commit joins; column
 * families with Bloom filters, 256 MB of block cache, two background jobs, no compression (the
 * contents do not compress). An entity is locked from reading its current version to committing the
 * next.
 */
final class RocksDbStore extends KeyValueStore {

    private static final long CACHE_BYTES = 256L << 20;
    private static final int BLOOM_BITS = 10;
    private static final int JOBS = 2;
    private static final int LOCKS = 1024;
    private static final byte[] POINT = bytes("point");
    private static final byte[] NOTHING = new byte[0];

    static {
        RocksDB.loadLibrary();
    }

    private final Path directory;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final AtomicLong newest = new AtomicLong();
    private @Nullable Open open;

    RocksDbStore(Path directory) {
        this.directory = directory;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    private record Open(
            RocksDB db,
            ColumnFamilyHandle state,
            ColumnFamilyHandle current,
            ColumnFamilyHandle past,
            ColumnFamilyHandle tags,
            WriteOptions synced,
            ReadOptions reading)
            implements View {

        @Override
        public byte @Nullable [] current(byte[] id) {
            try {
                return db.get(current, reading, id);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<byte[]> currents(List<byte[]> ids) {
            try {
                List<byte[]> values = new ArrayList<>(ids.size());
                for (byte[] value :
                        db.multiGetAsList(reading, Collections.nCopies(ids.size(), current), ids)) {
                    if (value != null) {
                        values.add(value);
                    }
                }
                return values;
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte @Nullable [] floor(byte[] id, byte[] key) {
            try (RocksIterator iterator = db.newIterator(past, reading)) {
                iterator.seekForPrev(key);
                return iterator.isValid() && isPrefix(id, iterator.key()) ? iterator.value() : null;
            }
        }

        @Override
        public List<byte[]> tagged(byte[] prefix, int limit) {
            List<byte[]> keys = new ArrayList<>(limit);
            try (RocksIterator iterator = db.newIterator(tags, reading)) {
                for (iterator.seek(prefix);
                        iterator.isValid() && keys.size() < limit;
                        iterator.next()) {
                    byte[] key = iterator.key();
                    if (!isPrefix(prefix, key)) {
                        break;
                    }
                    keys.add(key);
                }
            }
            return keys;
        }
    }

    /** Writes of a transaction; an entity is in it once, so they need not be read back. */
    private record Writing(Open open, WriteBatch batch) implements Batch {

        @Override
        public byte @Nullable [] current(byte[] id) {
            return open.current(id);
        }

        @Override
        public void putCurrent(byte[] id, byte[] value) {
            put(open.current(), id, value);
        }

        @Override
        public void putPast(byte[] key, byte[] value) {
            put(open.past(), key, value);
        }

        @Override
        public void putTag(byte[] key) {
            put(open.tags(), key, NOTHING);
        }

        @Override
        public void deleteTag(byte[] key) {
            try {
                batch.delete(open.tags(), key);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        void put(ColumnFamilyHandle family, byte[] key, byte[] value) {
            try {
                batch.put(family, key, value);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void open() {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setFilterPolicy(new BloomFilter(BLOOM_BITS))
                        .setBlockCache(new LRUCache(CACHE_BYTES));
        ColumnFamilyOptions family =
                new ColumnFamilyOptions()
                        .setTableFormatConfig(table)
                        .setCompressionType(CompressionType.NO_COMPRESSION);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (byte[] name :
                List.of(
                        RocksDB.DEFAULT_COLUMN_FAMILY,
                        bytes("current"),
                        bytes("past"),
                        bytes("tags"))) {
            families.add(new ColumnFamilyDescriptor(name, family));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        DBOptions options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setMaxBackgroundJobs(JOBS);
        try {
            Files.createDirectories(directory);
            RocksDB db = RocksDB.open(options, directory.toString(), families, handles);
            open =
                    new Open(
                            db,
                            handles.get(0),
                            handles.get(1),
                            handles.get(2),
                            handles.get(3),
                            new WriteOptions().setSync(true),
                            new ReadOptions());
            byte[] point = db.get(handles.get(0), POINT);
            newest.set(point == null ? 0 : StoredVersion.point(point));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Open opened() {
        return Objects.requireNonNull(open);
    }

    @Override
    public long commit(List<Write> writes) {
        Open open = opened();
        int[] stripes = writes.stream().mapToInt(this::stripe).sorted().distinct().toArray();
        for (int stripe : stripes) {
            locks[stripe].lock();
        }
        try (WriteBatch batch = new WriteBatch()) {
            Writing writing = new Writing(open, batch);
            long point = newest.incrementAndGet();
            for (Write write : writes) {
                apply(writing, write, point);
            }
            writing.put(open.state(), POINT, pastKey(NOTHING, point));
            open.db().write(open.synced(), batch);
            return point;
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        } finally {
            for (int stripe : stripes) {
                locks[stripe].unlock();
            }
        }
    }

    private int stripe(Write write) {
        return Math.floorMod(write.id().hashCode(), LOCKS);
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

    /** Its compactions are awaited, as they are a part of its own work. */
    @Override
    public void settle() {
        RocksDB db = opened().db();
        try {
            while (db.getLongProperty("rocksdb.num-running-compactions") > 0
                    || db.getLongProperty("rocksdb.num-running-flushes") > 0
                    || db.getLongProperty("rocksdb.compaction-pending") > 0) {
                Waiting.aMoment();
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Open open = opened();
        List.of(open.state(), open.current(), open.past(), open.tags())
                .forEach(ColumnFamilyHandle::close);
        open.db().close();
    }
}

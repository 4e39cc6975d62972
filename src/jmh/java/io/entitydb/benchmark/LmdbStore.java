package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * LMDB as it is: one writer at a time, synced with each transaction; read transactions are used
 * again and again. Its cache is the kernel's.
 */
final class LmdbStore extends KeyValueStore {

    private static final long MAP_BYTES = 64L << 30;
    private static final int READERS = 512;
    private static final int KEY_BYTES = 512;
    private static final int VALUE_BYTES = 1 << 16;
    private static final byte[] POINT = bytes("point");

    private final Path directory;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
    private final ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES);
    private @Nullable Open open;

    LmdbStore(Path directory) {
        this.directory = directory;
    }

    private record Open(
            Env<ByteBuffer> env,
            Dbi<ByteBuffer> state,
            Dbi<ByteBuffer> current,
            Dbi<ByteBuffer> past,
            Dbi<ByteBuffer> tags,
            Pool<Reader> readers) {}

    private static ByteBuffer filled(ByteBuffer buffer, byte[] bytes) {
        return buffer.clear().put(bytes).flip();
    }

    private static byte @Nullable [] copy(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] copied(ByteBuffer buffer) {
        return Objects.requireNonNull(copy(buffer));
    }

    /** A read transaction that sleeps between its uses. */
    private static final class Reader implements View {

        private final Open open;
        private final Txn<ByteBuffer> transaction;
        private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);

        Reader(Open open) {
            this.open = open;
            transaction = open.env().txnRead();
            transaction.reset();
        }

        @Override
        public byte @Nullable [] current(byte[] id) {
            return copy(open.current().get(transaction, filled(key, id)));
        }

        @Override
        public byte @Nullable [] floor(byte[] id, byte[] sought) {
            try (Cursor<ByteBuffer> cursor = open.past().openCursor(transaction)) {
                boolean isFound = cursor.get(filled(key, sought), GetOp.MDB_SET_RANGE);
                boolean isExact = isFound && cursor.key().equals(filled(key, sought));
                if (!isExact) {
                    isFound = isFound ? cursor.prev() : cursor.last();
                }
                return isFound && isPrefix(id, copied(cursor.key())) ? copy(cursor.val()) : null;
            }
        }

        @Override
        public List<byte[]> tagged(byte[] prefix, int limit) {
            List<byte[]> keys = new ArrayList<>(limit);
            try (Cursor<ByteBuffer> cursor = open.tags().openCursor(transaction)) {
                boolean isFound = cursor.get(filled(key, prefix), GetOp.MDB_SET_RANGE);
                while (isFound && keys.size() < limit) {
                    byte[] found = copied(cursor.key());
                    if (!isPrefix(prefix, found)) {
                        break;
                    }
                    keys.add(found);
                    isFound = cursor.next();
                }
            }
            return keys;
        }
    }

    /** The one transaction that writes. */
    private final class Writing implements Batch {

        private final Open open;
        private final Txn<ByteBuffer> transaction;

        Writing(Open open, Txn<ByteBuffer> transaction) {
            this.open = open;
            this.transaction = transaction;
        }

        @Override
        public byte @Nullable [] current(byte[] id) {
            return copy(open.current().get(transaction, filled(key, id)));
        }

        @Override
        public void putCurrent(byte[] id, byte[] bytes) {
            open.current().put(transaction, filled(key, id), filled(value, bytes));
        }

        @Override
        public void putPast(byte[] past, byte[] bytes) {
            open.past().put(transaction, filled(key, past), filled(value, bytes));
        }

        @Override
        public void putTag(byte[] tag) {
            open.tags().put(transaction, filled(key, tag), value.clear().flip());
        }

        @Override
        public void deleteTag(byte[] tag) {
            open.tags().delete(transaction, filled(key, tag));
        }

        long nextPoint() {
            byte[] newest = copy(open.state().get(transaction, filled(key, POINT)));
            long point = newest == null ? 1 : StoredVersion.point(newest) + 1;
            open.state().put(transaction, filled(key, POINT), value.clear().putLong(point).flip());
            return point;
        }
    }

    @Override
    public void open() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Env<ByteBuffer> env =
                Env.create()
                        .setMapSize(MAP_BYTES)
                        .setMaxDbs(4)
                        .setMaxReaders(READERS)
                        .open(directory.toFile(), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NORDAHEAD);
        open =
                new Open(
                        env,
                        env.openDbi("state", DbiFlags.MDB_CREATE),
                        env.openDbi("current", DbiFlags.MDB_CREATE),
                        env.openDbi("past", DbiFlags.MDB_CREATE),
                        env.openDbi("tags", DbiFlags.MDB_CREATE),
                        new Pool<>(() -> new Reader(opened())));
    }

    private Open opened() {
        return Objects.requireNonNull(open);
    }

    @Override
    public long commit(List<Write> writes) {
        writing.lock();
        try (Txn<ByteBuffer> transaction = opened().env().txnWrite()) {
            Writing batch = new Writing(opened(), transaction);
            long point = batch.nextPoint();
            for (Write write : writes) {
                apply(batch, write, point);
            }
            transaction.commit();
            return point;
        } finally {
            writing.unlock();
        }
    }

    private <R extends @Nullable Object> R reading(Function<View, R> use) {
        return opened().readers()
                .with(
                        reader -> {
                            reader.transaction.renew();
                            try {
                                return use.apply(reader);
                            } finally {
                                reader.transaction.reset();
                            }
                        });
    }

    @Override
    public @Nullable Found read(String id) {
        return this.<@Nullable Found>reading(view -> read(view, id));
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        return this.<@Nullable Found>reading(view -> readAt(view, id, point));
    }

    @Override
    public List<Found> page(String tag, int limit) {
        return reading(view -> page(view, tag, limit));
    }

    @Override
    public void close() {
        opened().readers().close(reader -> reader.transaction.close());
        opened().env().close();
    }
}

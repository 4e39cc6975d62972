package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SQLite: a write-ahead log that is synced with each transaction, one connection that writes,
 * others that read, statements prepared once, 256 MB of cache and the file mapped. A version is
 * stored once.
 */
final class SqliteStore implements Store {

    private static final String[] TABLES = {
        "create table if not exists version (place integer primary key, id text not null,"
                + " point integer not null, number integer not null, tags text not null,"
                + " content blob not null)",
        "create index if not exists version_by_id on version (id, point)",
        "create table if not exists entity (id text primary key, place integer not null)"
                + " without rowid",
        "create table if not exists tag (tag text, id text, primary key (tag, id))"
                + " without rowid",
    };
    private static final int CACHE_KIB = 256 << 10;

    private final Path directory;
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Open open;

    SqliteStore(Path directory) {
        this.directory = directory;
    }

    private record Open(Writer writer, Pool<Reader> readers) {}

    private static IllegalStateException failed(SQLException e) {
        return new IllegalStateException(e);
    }

    private Connection connect(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-cacheKib);
        config.setBusyTimeout(10_000);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(8L << 30));
        return config.createConnection("jdbc:sqlite:" + directory.resolve("store.sqlite"));
    }

    /** The connection that reads, with its statements. */
    private static final class Reader {

        private final Connection connection;
        private final PreparedStatement current;
        private final PreparedStatement past;
        private final PreparedStatement page;

        Reader(Connection connection) throws SQLException {
            this.connection = connection;
            current =
                    connection.prepareStatement(
                            "select v.tags, v.content from entity e join version v"
                                    + " on v.place = e.place where e.id = ?");
            past =
                    connection.prepareStatement(
                            "select tags, content from version where id = ? and point <= ?"
                                    + " order by point desc limit 1");
            page =
                    connection.prepareStatement(
                            "select v.tags, v.content from tag t join entity e on e.id = t.id"
                                    + " join version v on v.place = e.place"
                                    + " where t.tag = ? order by t.id limit ?");
        }

        static List<Found> found(PreparedStatement statement) {
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> tags = List.of(rows.getString(1).split("\n", -1));
                    found.add(new ReadyVersion(tags, rows.getBytes(2)));
                }
            } catch (SQLException e) {
                throw failed(e);
            }
            return found;
        }

        static @Nullable Found first(PreparedStatement statement) {
            List<Found> found = found(statement);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    /** The connection that writes, with its statements. */
    private static final class Writer {

        private final Connection connection;
        private final PreparedStatement before;
        private final PreparedStatement version;
        private final PreparedStatement entity;
        private final PreparedStatement tag;
        private final PreparedStatement untag;
        private long place;
        private long point;

        Writer(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
            before =
                    connection.prepareStatement(
                            "select v.number, v.tags from entity e join version v"
                                    + " on v.place = e.place where e.id = ?");
            version = connection.prepareStatement("insert into version values (?, ?, ?, ?, ?, ?)");
            entity = connection.prepareStatement("insert or replace into entity values (?, ?)");
            tag = connection.prepareStatement("insert into tag values (?, ?)");
            untag = connection.prepareStatement("delete from tag where tag = ? and id = ?");
            try (PreparedStatement newest =
                            connection.prepareStatement(
                                    "select place, point from version order by place desc limit 1");
                    ResultSet rows = newest.executeQuery()) {
                if (rows.next()) {
                    place = rows.getLong(1);
                    point = rows.getLong(2);
                }
            }
            connection.commit();
        }

        long commit(List<Write> writes) throws SQLException {
            point++;
            for (Write write : writes) {
                write(write);
            }
            connection.commit();
            return point;
        }

        private void write(Write write) throws SQLException {
            long number = 1;
            Set<String> added = new HashSet<>(write.tags());
            before.setString(1, write.id());
            try (ResultSet rows = before.executeQuery()) {
                if (rows.next()) {
                    number = rows.getLong(1) + 1;
                    for (String old : rows.getString(2).split("\n", -1)) {
                        if (!added.remove(old)) {
                            change(untag, old, write.id());
                        }
                    }
                }
            }
            place++;
            version.setLong(1, place);
            version.setString(2, write.id());
            version.setLong(3, point);
            version.setLong(4, number);
            version.setString(5, String.join("\n", write.tags()));
            version.setBytes(6, write.content());
            version.executeUpdate();
            entity.setString(1, write.id());
            entity.setLong(2, place);
            entity.executeUpdate();
            for (String name : added) {
                change(tag, name, write.id());
            }
        }

        private static void change(PreparedStatement statement, String tag, String id)
                throws SQLException {
            statement.setString(1, tag);
            statement.setString(2, id);
            statement.executeUpdate();
        }
    }

    @Override
    public void open() {
        try {
            Files.createDirectories(directory);
            Connection connection = connect(CACHE_KIB);
            for (String table : TABLES) {
                try (PreparedStatement statement = connection.prepareStatement(table)) {
                    statement.execute();
                }
            }
            open = new Open(new Writer(connection), new Pool<>(this::reader));
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reader reader() {
        try {
            return new Reader(connect(CACHE_KIB / 8));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Open opened() {
        return Objects.requireNonNull(open);
    }

    @Override
    public long commit(List<Write> writes) {
        writing.lock();
        try {
            return opened().writer().commit(writes);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public @Nullable Found read(String id) {
        return opened().readers()
                .<@Nullable Found>with(
                        reader -> {
                            try {
                                reader.current.setString(1, id);
                                return Reader.first(reader.current);
                            } catch (SQLException e) {
                                throw failed(e);
                            }
                        });
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        return opened().readers()
                .<@Nullable Found>with(
                        reader -> {
                            try {
                                reader.past.setString(1, id);
                                reader.past.setLong(2, point);
                                return Reader.first(reader.past);
                            } catch (SQLException e) {
                                throw failed(e);
                            }
                        });
    }

    @Override
    public List<Found> page(String tag, int limit) {
        return opened().readers()
                .with(
                        reader -> {
                            try {
                                reader.page.setString(1, tag);
                                reader.page.setInt(2, limit);
                                return Reader.found(reader.page);
                            } catch (SQLException e) {
                                throw failed(e);
                            }
                        });
    }

    @Override
    public void close() {
        Open open = opened();
        open.readers().close(reader -> close(reader.connection));
        close(open.writer().connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}

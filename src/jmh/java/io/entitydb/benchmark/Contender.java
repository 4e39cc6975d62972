package io.entitydb.benchmark;

import java.nio.file.Path;
import java.util.Locale;

/** What is measured beside each other. */
enum Contender {
    /** The limit of writes. */
    APPEND,
    /** The limit of reads. */
    MEMORY,
    /** EntityDB with its search index. */
    ENTITYDB,
    /** EntityDB's engine alone, which verifies every version at every read. */
    ENGINE,
    ROCKSDB,
    LMDB,
    MVSTORE,
    SQLITE;

    Store store(Path directory, FrameSize frames) {
        Path own = directory.resolve(label());
        return switch (this) {
            case APPEND -> new AppendStore(own, frames);
            case MEMORY -> new MemoryStore();
            case ENTITYDB -> new SearchedStore(own);
            case ENGINE -> new EntityDbStore(own, EntityDbStore.keepingNothing());
            case ROCKSDB -> new RocksDbStore(own);
            case LMDB -> new LmdbStore(own);
            case MVSTORE -> new MvStore(own);
            case SQLITE -> new SqliteStore(own);
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether commits are on the disk when they are acknowledged. */
    boolean isDurable() {
        return this != MEMORY;
    }

    /** Whether anything can be read. */
    boolean isRead() {
        return this != APPEND;
    }

    /** Whether entities are found by tags. */
    boolean isPaged() {
        return isRead() && this != ENGINE;
    }

    /** Whether opening it tells something; the service does not wait for its search index. */
    boolean isOpened() {
        return isDurable() && isRead() && this != ENTITYDB;
    }

    /** Whether it is what a user could pick instead. */
    boolean isPeer() {
        return switch (this) {
            case ROCKSDB, LMDB, MVSTORE, SQLITE -> true;
            case APPEND, MEMORY, ENTITYDB, ENGINE -> false;
        };
    }

    /** Whether it is EntityDB. */
    boolean isOurs() {
        return this == ENTITYDB || this == ENGINE;
    }
}

package io.entitydb.benchmark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Stores that are compared in a benchmark do the same work. */
class AgreementTests {

    private static final long SEED = 7;

    @TempDir Path directory;

    @Test
    void engineDoesTheWork() {
        try (Store store = new EntityDbStore(directory)) {
            store.open();
            Agreement.check(store, SEED, false);
        }
    }

    @Test
    void mvStoreDoesTheWork() {
        try (Store store = new MvStore(directory)) {
            store.open();
            Agreement.check(store, SEED, true);
        }
    }

    @Test
    void storeThatFindsTooFewIsNoticed() {
        try (Store store = new Forgetful(true)) {
            assertThatThrownBy(() -> Agreement.check(store, SEED, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("entities, not");
        }
    }

    @Test
    void storeThatKeepsNoPastIsNoticed() {
        try (Store store = new Forgetful(false)) {
            assertThatThrownBy(() -> Agreement.check(store, SEED, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(" at ");
        }
    }

    /** Leaves out a part of the work. */
    private static final class Forgetful implements Store {

        private final MemoryStore inner = new MemoryStore();
        private final boolean isPastKept;

        Forgetful(boolean isPastKept) {
            this.isPastKept = isPastKept;
        }

        @Override
        public void open() {
            inner.open();
        }

        @Override
        public long commit(List<Write> writes) {
            return inner.commit(writes);
        }

        @Override
        public @Nullable Found read(String id) {
            return inner.read(id);
        }

        @Override
        public @Nullable Found readAt(String id, long point) {
            return isPastKept ? inner.readAt(id, point) : inner.read(id);
        }

        @Override
        public List<Found> page(String tag, int limit) {
            return isPastKept ? inner.page(tag, limit - 1) : inner.page(tag, limit);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}

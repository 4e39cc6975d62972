package io.entitydb.benchmark;

import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.Transaction;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a commit, a read and a page allocate; JMH's gc profiler counts the bytes of all threads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineAllocations {

    private static final int ENTITIES = 20_000;
    private static final int DRAFTS = 1024;

    /** The directory's parent is a property: JMH's processes do not begin in a place of ours. */
    private static final Path DIRECTORY =
            Path.of(System.getProperty(AllocationRun.DIRECTORY, "target/allocations"));

    /** Made by JMH. */
    public EngineAllocations() {}

    /** A store, and what is asked of it. */
    public abstract static class Loaded {

        private final EntityDbStore store;
        private final List<EntityKey> keys = new ArrayList<>();
        private final List<EntityDraft> drafts = new ArrayList<>();
        private final Workload workload = new Workload(5);
        private int next;

        Loaded(EntityDbStore store) {
            this.store = store;
        }

        /** Loads it. */
        @Setup(Level.Trial)
        public void load() {
            store.open();
            new Population(store, ENTITIES).load();
            store.settle();
            for (Write write : workload.writes(0, DRAFTS)) {
                drafts.add(EntityDbStore.draft(write));
            }
            for (int n = 0; n < ENTITIES; n++) {
                keys.add(EntityDbStore.key(Workload.id(n)));
            }
        }

        /** Closes it, and deletes it. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            store.close();
            Directories.delete(DIRECTORY);
        }

        /** Updates an entity; no content is the one that it has. */
        long commitOne() {
            next++;
            int key = next % DRAFTS;
            int draft = (next + next / DRAFTS) % DRAFTS;
            Transaction transaction = store.engine().begin("benchmark");
            transaction.save(keys.get(key), drafts.get(draft));
            return transaction.commit();
        }

        Object readOne() {
            EntityKey key = keys.get(workload.below(ENTITIES));
            return store.engine().snapshot().latest(key).orElseThrow();
        }

        Object pageOne() {
            return store.page(workload.owner(), 50);
        }
    }

    /** The engine alone. */
    @State(Scope.Benchmark)
    public static class EngineAlone extends Loaded {

        /** Made by JMH. */
        public EngineAlone() {
            super(new EntityDbStore(DIRECTORY.resolve("engine")));
        }
    }

    /** The engine with its search index. */
    @State(Scope.Benchmark)
    public static class Searched extends Loaded {

        /** Made by JMH. */
        public Searched() {
            super(new SearchedStore(DIRECTORY.resolve("searched")));
        }
    }

    /** Commits a version that is ready to be written. */
    @Benchmark
    public long commit(EngineAlone engine) {
        return engine.commitOne();
    }

    /** The same while the index follows. */
    @Benchmark
    public long commitWithSearch(Searched searched) {
        return searched.commitOne();
    }

    /** Reads a current version. */
    @Benchmark
    public Object read(EngineAlone engine) {
        return engine.readOne();
    }

    /** Reads a page of 50. */
    @Benchmark
    public Object page(Searched searched) {
        return searched.pageOne();
    }
}

package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.Disk;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A store of short texts under short names. */
final class TextStore implements AutoCloseable {

    private final StorageEngine engine;

    private TextStore(StorageEngine engine) {
        this.engine = engine;
    }

    /** Opens a store. */
    static TextStore open(Disk disk, StorageOptions options) {
        return open(disk, options, StorageObserver.NONE);
    }

    /** Opens a store that is observed. */
    static TextStore open(Disk disk, StorageOptions options, StorageObserver observer) {
        StorageEngine engine = StorageEngine.over(disk, options, observer);
        engine.open();
        return new TextStore(engine);
    }

    /** Opens a store whose threads are a crew's. */
    static TextStore open(Disk disk, StorageOptions options, Crew crew) {
        StorageEngine engine = SmallStore.engine(disk, options, StorageObserver.NONE, crew);
        engine.open();
        return new TextStore(engine);
    }

    static EntityKey key(String id) {
        return new EntityKey("default", id);
    }

    static EntityDraft draft(String text) {
        return EntityDraft.of(
                Set.of(), Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8)));
    }

    StorageEngine engine() {
        return engine;
    }

    StoreState state() {
        return engine.state();
    }

    /** Returns the sequence of the transaction. */
    long save(String id, String text) {
        Transaction transaction = engine.begin("tester");
        transaction.save(key(id), draft(text));
        return transaction.commit();
    }

    /** Returns the sequence of the transaction. */
    long save(String id, byte[] content) {
        Transaction transaction = engine.begin("tester");
        transaction.save(
                key(id), EntityDraft.of(Set.of(), Content.of("application/octet-stream", content)));
        return transaction.commit();
    }

    /** The newest text; null if there is none. */
    @Nullable String text(String id) {
        return engine.snapshot()
                .latest(key(id))
                .map(entity -> new String(entity.content().bytes(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    @Override
    public void close() {
        engine.close();
    }
}

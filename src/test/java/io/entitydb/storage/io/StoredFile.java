package io.entitydb.storage.io;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file's content, whatever its name: what is durable, what the page cache shows, and the writes
 * between the two, oldest first. Guarded by the disk's monitor.
 */
final class StoredFile {

    private final PagedBytes durable;
    private final PagedBytes cache;
    private final List<PendingWrite> pending;

    /** An empty file. */
    StoredFile() {
        this(new PagedBytes());
    }

    /** A file all of whose bytes are durable. */
    StoredFile(PagedBytes durable) {
        this(durable, durable.copy(), List.of());
    }

    private StoredFile(PagedBytes durable, PagedBytes cache, List<PendingWrite> pending) {
        this.durable = durable;
        this.cache = cache;
        this.pending = new ArrayList<>(pending);
    }

    StoredFile copy() {
        return new StoredFile(durable.copy(), cache.copy(), pending);
    }

    PagedBytes durable() {
        return durable;
    }

    PagedBytes cache() {
        return cache;
    }

    List<PendingWrite> pending() {
        return List.copyOf(pending);
    }

    void write(PendingWrite write) {
        write.applyTo(cache);
        pending.add(write);
    }

    /** Makes the writes that pass durable and forgets the others; the cache keeps showing them. */
    void settle(Predicate<PendingWrite> survives) {
        for (var write : pending) {
            if (survives.test(write)) {
                write.applyTo(durable);
            }
        }
        pending.clear();
    }

    /** Replaces the content, durable at once. */
    void replace(byte[] content) {
        pending.clear();
        for (var image : List.of(durable, cache)) {
            image.resize(0);
            image.write(0, content, 0, content.length);
        }
    }
}

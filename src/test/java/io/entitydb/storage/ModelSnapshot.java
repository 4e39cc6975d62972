package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.temporal.Timestamp;

import java.util.List;
import java.util.Optional;

/** The model as it stood after one transaction. */
record ModelSnapshot(ModelEntityStore store, long sequence) implements Snapshot {

    @Override
    public Optional<Entity> latest(EntityKey key) {
        return last(store.versions(key, sequence));
    }

    @Override
    public Optional<Entity> version(EntityKey key, long number) {
        return store.versions(key, sequence).stream()
                .filter(entity -> entity.version().number() == number)
                .findFirst();
    }

    @Override
    public Optional<Entity> asOf(EntityKey key, Timestamp instant) {
        return last(
                store.versions(key, sequence).stream()
                        .filter(entity -> !entity.version().at().isAfter(instant))
                        .toList());
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        List<Entity> all = store.versions(key, sequence);
        return (range.ascending() ? all : all.reversed())
                .stream()
                        .filter(entity -> isWithin(entity.version().number(), range))
                        .limit(range.limit())
                        .toList();
    }

    private static boolean isWithin(long number, HistoryRange range) {
        return range.ascending() ? number >= range.from() : number <= range.from();
    }

    private static Optional<Entity> last(List<Entity> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }
}

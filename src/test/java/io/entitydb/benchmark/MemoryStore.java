package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** The limit of reads: hash maps of objects that are ready. Nothing outlives it. */
final class MemoryStore implements Store {

    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentSkipListSet<String>> tagged = new ConcurrentHashMap<>();
    private final AtomicLong newest = new AtomicLong();

    /** All versions of an entity by the point at which they became current, and the newest. */
    private record History(
            ReadyVersion current, ConcurrentNavigableMap<Long, ReadyVersion> versions) {}

    @Override
    public void open() {
        // Begins empty.
    }

    @Override
    public long commit(List<Write> writes) {
        long point = newest.incrementAndGet();
        for (Write write : writes) {
            ReadyVersion version = new ReadyVersion(write.tags(), write.content());
            History before = histories.get(write.id());
            ConcurrentNavigableMap<Long, ReadyVersion> versions =
                    before == null ? new ConcurrentSkipListMap<>() : before.versions();
            versions.put(point, version);
            if (before != null) {
                for (String tag : before.current().tags()) {
                    Objects.requireNonNull(tagged.get(tag)).remove(write.id());
                }
            }
            histories.put(write.id(), new History(version, versions));
            for (String tag : write.tags()) {
                tagged.computeIfAbsent(tag, t -> new ConcurrentSkipListSet<>()).add(write.id());
            }
        }
        return point;
    }

    @Override
    public @Nullable Found read(String id) {
        History history = histories.get(id);
        return history == null ? null : history.current();
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        History history = histories.get(id);
        if (history == null) {
            return null;
        }
        Map.Entry<Long, ReadyVersion> entry = history.versions().floorEntry(point);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public List<Found> page(String tag, int limit) {
        List<Found> found = new ArrayList<>(limit);
        ConcurrentSkipListSet<String> ids = tagged.get(tag);
        if (ids != null) {
            for (String id : ids) {
                if (found.size() == limit) {
                    break;
                }
                found.add(Objects.requireNonNull(histories.get(id)).current());
            }
        }
        return found;
    }

    @Override
    public void close() {
        histories.clear();
        tagged.clear();
    }
}

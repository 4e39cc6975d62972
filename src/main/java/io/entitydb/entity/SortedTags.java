package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tags with the times at which they were asserted, in the tags' order. Immutable; two arrays take
 * less than half of what a tree does, and every read of an entity makes one.
 */
// The other half of a NavigableMap is nothing that anybody asks for.
@SuppressWarnings("JdkObsolete")
public final class SortedTags extends AbstractMap<Tag, Timestamp>
        implements SortedMap<Tag, Timestamp> {

    private final Tag[] tags;
    private final Timestamp[] times;

    private SortedTags(Tag[] tags, Timestamp[] times) {
        this.tags = tags;
        this.times = times;
    }

    /**
     * The tags of a map, in their natural order whatever the given one.
     *
     * @return the map itself if it is one of these
     */
    static SortedTags copyOf(SortedMap<Tag, Timestamp> map) {
        if (map instanceof SortedTags tags) {
            return tags;
        }
        SortedMap<Tag, Timestamp> ordered = new TreeMap<>();
        ordered.putAll(map);
        return new SortedTags(
                ordered.keySet().toArray(Tag[]::new), ordered.values().toArray(Timestamp[]::new));
    }

    /**
     * Tags in any order, each with its time. Of a tag that comes twice the last time counts.
     *
     * @param tags become the map's own if they are in order
     */
    public static SortedTags of(Tag[] tags, Timestamp[] times) {
        for (int i = 1; i < tags.length; i++) {
            if (tags[i - 1].compareTo(tags[i]) >= 0) {
                return sorted(tags, times);
            }
        }
        return new SortedTags(tags, times);
    }

    private static SortedTags sorted(Tag[] tags, Timestamp[] times) {
        SortedMap<Tag, Timestamp> ordered = new TreeMap<>();
        for (int i = 0; i < tags.length; i++) {
            ordered.put(tags[i], times[i]);
        }
        return copyOf(ordered);
    }

    @Override
    public int size() {
        return tags.length;
    }

    @Override
    public @Nullable Timestamp get(Object key) {
        int index = key instanceof Tag ? Arrays.binarySearch(tags, key) : -1;
        return index < 0 ? null : times[index];
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<Tag, Timestamp>> entrySet() {
        return new Entries();
    }

    /** Null: the natural order. */
    @Override
    public @Nullable Comparator<? super Tag> comparator() {
        return null;
    }

    @Override
    public SortedTags subMap(Tag from, Tag to) {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException(from + " is behind " + to);
        }
        return between(indexOf(from), indexOf(to));
    }

    @Override
    public SortedTags headMap(Tag to) {
        return between(0, indexOf(to));
    }

    @Override
    public SortedTags tailMap(Tag from) {
        return between(indexOf(from), tags.length);
    }

    @Override
    public Tag firstKey() {
        return tags[required(0)];
    }

    @Override
    public Tag lastKey() {
        return tags[required(tags.length - 1)];
    }

    private int required(int index) {
        if (tags.length == 0) {
            throw new NoSuchElementException("no tags");
        }
        return index;
    }

    /** Index of a tag, or of the first behind it. */
    private int indexOf(Tag tag) {
        int index = Arrays.binarySearch(tags, tag);
        return index < 0 ? -(index + 1) : index;
    }

    private SortedTags between(int from, int to) {
        return new SortedTags(
                Arrays.copyOfRange(tags, from, to), Arrays.copyOfRange(times, from, to));
    }

    private final class Entries extends AbstractSet<Entry<Tag, Timestamp>> {

        @Override
        public int size() {
            return tags.length;
        }

        @Override
        public Iterator<Entry<Tag, Timestamp>> iterator() {
            return new Iterator<>() {

                private int next;

                @Override
                public boolean hasNext() {
                    return next < tags.length;
                }

                @Override
                public Entry<Tag, Timestamp> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("no more tags");
                    }
                    return Map.entry(tags[next], times[next++]);
                }
            };
        }
    }
}

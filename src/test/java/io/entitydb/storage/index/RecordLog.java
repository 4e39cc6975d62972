package io.entitydb.storage.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory: what the index is derived from. */
final class RecordLog {

    /** Position of the first record. */
    static final long START = 8192;

    /** One version of one key. */
    record Entry(int key, long hash, long previousPosition, long position) {}

    private final Hashing hashing;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Long> newest = new HashMap<>();

    RecordLog(Hashing hashing) {
        this.hashing = hashing;
    }

    /** Appends a version of the key. */
    Entry append(int key) {
        long position = end();
        Entry entry = new Entry(key, hashing.hash(key), newest.getOrDefault(key, 0L), position);
        entries.add(entry);
        newest.put(key, position);
        return entry;
    }

    Hashing hashing() {
        return hashing;
    }

    /** The record at a position. */
    Entry at(long position) {
        return entries.get(Math.toIntExact((position - START) / Long.BYTES));
    }

    /** The position behind the last record. */
    long end() {
        return START + (long) entries.size() * Long.BYTES;
    }

    PositionTest keyTest(int key) {
        return position -> at(position).key() == key;
    }
}

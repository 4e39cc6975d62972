package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The same work over ordered keys and values, in three maps: current versions by id, past versions
 * by id and point, and ids by tag. What pushes a version into the past copies it there, so that a
 * new entity is written once.
 */
abstract class KeyValueStore implements Store {

    /** A transaction that writes. */
    interface Batch {

        byte @Nullable [] current(byte[] id);

        void putCurrent(byte[] id, byte[] value);

        void putPast(byte[] key, byte[] value);

        void putTag(byte[] key);

        void deleteTag(byte[] key);
    }

    /** What is read: one state for as long as it is used. */
    interface View {

        byte @Nullable [] current(byte[] id);

        /** The past version of an entity with the greatest key up to this one. */
        byte @Nullable [] floor(byte[] id, byte[] key);

        /** The first keys of the index that begin so. */
        List<byte[]> tagged(byte[] prefix, int limit);

        /** Current versions of many entities. */
        default List<byte[]> currents(List<byte[]> ids) {
            List<byte[]> values = new ArrayList<>(ids.size());
            for (byte[] id : ids) {
                byte[] value = current(id);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] pastKey(byte[] id, long point) {
        return ByteBuffer.allocate(id.length + 8).put(id).putLong(point).array();
    }

    /** Tags hold no 0. */
    static byte[] tagPrefix(String tag) {
        byte[] text = bytes(tag);
        return ByteBuffer.allocate(text.length + 1).put(text).array();
    }

    private static byte[] tagKey(String tag, byte[] id) {
        byte[] prefix = tagPrefix(tag);
        return ByteBuffer.allocate(prefix.length + id.length).put(prefix).put(id).array();
    }

    static boolean isPrefix(byte[] prefix, byte[] key) {
        if (key.length < prefix.length) {
            return false;
        }
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (key[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Makes the next version of an entity within a transaction. */
    static void apply(Batch batch, Write write, long point) {
        byte[] id = bytes(write.id());
        byte[] before = batch.current(id);
        long number = 1;
        Set<String> added = new HashSet<>(write.tags());
        if (before != null) {
            StoredVersion old = StoredVersion.decode(before);
            number = old.number() + 1;
            batch.putPast(pastKey(id, old.point()), before);
            for (String tag : old.names()) {
                if (!added.remove(tag)) {
                    batch.deleteTag(tagKey(tag, id));
                }
            }
        }
        batch.putCurrent(id, StoredVersion.encode(write, point, number));
        for (String tag : added) {
            batch.putTag(tagKey(tag, id));
        }
    }

    static @Nullable Found read(View view, String id) {
        byte[] value = view.current(bytes(id));
        return value == null ? null : StoredVersion.decode(value);
    }

    static @Nullable Found readAt(View view, String id, long point) {
        byte[] key = bytes(id);
        byte[] current = view.current(key);
        if (current == null || StoredVersion.point(current) <= point) {
            return current == null ? null : StoredVersion.decode(current);
        }
        byte[] past = view.floor(key, pastKey(key, point));
        return past == null ? null : StoredVersion.decode(past);
    }

    static List<Found> page(View view, String tag, int limit) {
        byte[] prefix = tagPrefix(tag);
        List<byte[]> ids = new ArrayList<>(limit);
        for (byte[] key : view.tagged(prefix, limit)) {
            byte[] id = new byte[key.length - prefix.length];
            System.arraycopy(key, prefix.length, id, 0, id.length);
            ids.add(id);
        }
        List<Found> found = new ArrayList<>(ids.size());
        for (byte[] value : view.currents(ids)) {
            found.add(StoredVersion.decode(value));
        }
        return found;
    }
}

package io.entitydb.storage.log;

/** A tag that an entity had before keeps the time at which it was asserted. */
public final class KeptTimes {

    private KeptTimes() {}

    /**
     * Replaces those tags of a version to come that the version before has too.
     *
     * @param tags in the tags' order, each asserted by the version to come
     */
    public static void take(DraftTag[] tags, VersionRecord before, TagDictionary dictionary) {
        if (tags.length == 0 || before.isErased()) {
            return;
        }
        RecordBody body = before.tagsBody();
        byte[] bytes = before.raw().bytes();
        int count = VersionRecord.tagCount(body);
        for (int i = 0; i < count; i++) {
            String namespace = body.readWord(dictionary);
            int length = body.readVarint();
            int value = body.index();
            body.skip(length);
            long assertedAt = body.readLong();
            int index = indexOf(tags, namespace, bytes, value, length);
            if (index >= 0) {
                tags[index] = tags[index].assertedAt(assertedAt);
            }
        }
    }

    /** Index of a tag; negative if it is not there. */
    private static int indexOf(
            DraftTag[] tags, String namespace, byte[] bytes, int value, int length) {
        int low = 0;
        int high = tags.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = tags[middle].compare(namespace, bytes, value, length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}

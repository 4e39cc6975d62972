package io.entitydb.storage.log;

import io.entitydb.entity.Tag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A tag of a version that is about to be written.
 *
 * @param tag the tag
 * @param value its value in UTF-8
 * @param assertedAt commit time of the version that asserted it; 0 for this one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record DraftTag(Tag tag, byte[] value, long assertedAt) {

    /** A tag of a version. */
    public static DraftTag of(Tag tag, long assertedAt) {
        return new DraftTag(tag, tag.value().getBytes(StandardCharsets.UTF_8), assertedAt);
    }

    /** The same tag, asserted at a time. */
    DraftTag assertedAt(long time) {
        return new DraftTag(tag, value, time);
    }

    /** Compares it, in the order of tags, with one whose value is among some bytes. */
    int compare(String namespace, byte[] bytes, int from, int length) {
        int order = tag.namespace().compareTo(namespace);
        return order != 0
                ? order
                : Arrays.compareUnsigned(value, 0, value.length, bytes, from, from + length);
    }

    /** Bytes of {@code namespace:value}. A namespace is of ASCII. */
    int textLength() {
        return tag.namespace().length() + 1 + value.length;
    }

    /** Writes {@code namespace:value}. */
    void putText(ByteBuffer target) {
        String namespace = tag.namespace();
        for (int i = 0; i < namespace.length(); i++) {
            target.put((byte) namespace.charAt(i));
        }
        target.put((byte) ':').put(value);
    }
}

package io.entitydb.storage.log;

import io.entitydb.entity.Tag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

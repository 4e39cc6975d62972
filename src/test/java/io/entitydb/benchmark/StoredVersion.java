package io.entitydb.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A version as the value of a key: point of the past (8 bytes), number (8), count of tags (1), each
 * tag with its length (2), content.
 *
 * @param point the point of the past at which it became current
 * @param number 1, 2, 3 … within the entity
 * @param names its tags
 * @param buffer the value, at the position of the content
 */
record StoredVersion(long point, long number, List<String> names, ByteBuffer buffer)
        implements Found {

    static byte[] encode(Write write, long point, long number) {
        int length = 17 + write.content().length;
        List<byte[]> tags = new ArrayList<>(write.tags().size());
        for (String tag : write.tags()) {
            byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
            tags.add(bytes);
            length += 2 + bytes.length;
        }
        ByteBuffer value = ByteBuffer.allocate(length);
        value.putLong(point).putLong(number).put((byte) tags.size());
        for (byte[] tag : tags) {
            value.putShort((short) tag.length).put(tag);
        }
        return value.put(write.content()).array();
    }

    /** The point of the past of a value. */
    static long point(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    static StoredVersion decode(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        long point = buffer.getLong();
        long number = buffer.getLong();
        int count = buffer.get();
        List<String> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = buffer.getShort();
            tags.add(new String(value, buffer.position(), length, StandardCharsets.UTF_8));
            buffer.position(buffer.position() + length);
        }
        return new StoredVersion(point, number, tags, buffer);
    }

    @Override
    public Set<String> tags() {
        return Set.copyOf(names);
    }

    @Override
    public int length() {
        return buffer.remaining();
    }

    @Override
    public byte[] content() {
        byte[] content = new byte[buffer.remaining()];
        buffer.duplicate().get(content);
        return content;
    }
}

package io.entitydb.benchmark;

import java.util.List;

/** A version to be written. */
final class Write {

    private final String id;
    private final List<String> tags;
    private final byte[] content;

    /**
     * A version.
     *
     * @param id 16 bytes of ASCII
     * @param tags {@code namespace:value}
     * @param content bytes that do not compress, and are not changed
     */
    Write(String id, List<String> tags, byte[] content) {
        this.id = id;
        this.tags = List.copyOf(tags);
        this.content = content;
    }

    String id() {
        return id;
    }

    List<String> tags() {
        return tags;
    }

    byte[] content() {
        return content;
    }
}

package io.entitydb.benchmark;

import java.util.List;
import java.util.Set;

/** A version that need not be decoded. */
final class ReadyVersion implements Found {

    private final List<String> tags;
    private final byte[] content;

    /** Keeps the content as it is, which is not changed. */
    ReadyVersion(List<String> tags, byte[] content) {
        this.tags = tags;
        this.content = content;
    }

    @Override
    public Set<String> tags() {
        return Set.copyOf(tags);
    }

    @Override
    public int length() {
        return content.length;
    }

    @Override
    public byte[] content() {
        return content.clone();
    }
}

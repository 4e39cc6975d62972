package io.entitydb.storage;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An acknowledged change, as a line of text. The line ends in a mark, so that one which a kill cut
 * short is known.
 *
 * @param sequence of its transaction
 * @param key the entity
 * @param version its number
 * @param digest of the content
 */
record KillAck(long sequence, EntityKey key, long version, String digest) {

    private static final Pattern LINE =
            Pattern.compile("ACK (\\d+) (\\S+)/(\\S+) (\\d+) ([0-9a-f]{64}) \\.");

    static KillAck of(long sequence, Entity entity) {
        Digest digest = Digest.sha256(entity.content().bytes());
        return new KillAck(sequence, entity.key(), entity.version().number(), digest.toString());
    }

    /** The change that a line tells; null if it is none, or not whole. */
    static @Nullable KillAck parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? new KillAck(
                        Long.parseLong(matcher.group(1)),
                        new EntityKey(matcher.group(2), matcher.group(3)),
                        Long.parseLong(matcher.group(4)),
                        matcher.group(5))
                : null;
    }

    @Override
    public String toString() {
        return "ACK %d %s %d %s .".formatted(sequence, key, version, digest);
    }
}

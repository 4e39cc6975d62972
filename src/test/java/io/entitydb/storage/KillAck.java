package io.entitydb.storage;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An acknowledged change, as a line of text. The line ends in a mark, so that one which a kill cut
 * short is known.
 *
 * @param sequence of its transaction
 * @param key the entity
 * @param version its number
 * @param digest of all that the version holds: who, when, tags, content
 */
record KillAck(long sequence, EntityKey key, long version, String digest) {

    private static final Pattern LINE =
            Pattern.compile("ACK (\\d+) (\\S+)/(\\S+) (\\d+) ([0-9a-f]{64}) \\.");

    static KillAck of(long sequence, Entity entity) {
        String facts =
                String.join(
                        "\n",
                        entity.version().toString(),
                        entity.createdAt().toString(),
                        entity.createdBy(),
                        entity.tags().toString(),
                        entity.content().mediaType());
        MessageDigest function = Digest.newSha256();
        function.update(facts.getBytes(StandardCharsets.UTF_8));
        function.update(entity.content().bytes());
        return new KillAck(
                sequence,
                entity.key(),
                entity.version().number(),
                HexFormat.of().formatHex(function.digest()));
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

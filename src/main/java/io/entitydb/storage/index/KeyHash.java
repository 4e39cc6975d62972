package io.entitydb.storage.index;

import io.entitydb.entity.EntityKey;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The hash under which the index keeps an entity.
 *
 * <p><b>Shape:</b> SipHash of the dataset, a zero byte and the id, in UTF-8, under the file's
 * secret; never 0, which marks an empty slot. No name holds a zero byte, so no two keys give the
 * same message. Without the secret nobody can choose ids that collide. Immutable and thread-safe.
 */
public final class KeyHash {

    private final SipHash function;

    /** The hash of one file's keys. */
    public KeyHash(UUID secret) {
        function = new SipHash(secret.getMostSignificantBits(), secret.getLeastSignificantBits());
    }

    /** The hash of a key. */
    public long of(EntityKey key) {
        String message = key.dataset() + '\0' + key.id();
        return neverZero(function.hash(message.getBytes(StandardCharsets.UTF_8)));
    }

    static long neverZero(long hash) {
        return hash == 0 ? 1 : hash;
    }
}

package io.entitydb.benchmark;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The entity versions that every measurement writes: 16-byte ids, four tags (a type of 10, a status
 * of 5, an owner of 1,000, one nearly unique) and 1 KiB of incompressible content.
 */
final class Workload {

    static final int CONTENT_BYTES = 1024;

    private final SplittableRandom random;

    Workload(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The key of the n-th entity. */
    static EntityKey key(long n) {
        return new EntityKey("default", "%016x".formatted(n));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    EntityDraft draft() {
        var tags = new TreeSet<Tag>();
        tags.add(new Tag("type", "t" + random.nextInt(10)));
        tags.add(new Tag("status", "s" + random.nextInt(5)));
        tags.add(new Tag("owner", "o" + random.nextInt(1000)));
        tags.add(new Tag("serial", Long.toHexString(random.nextLong())));
        return new EntityDraft(tags, Content.of("application/octet-stream", bytes(CONTENT_BYTES)));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

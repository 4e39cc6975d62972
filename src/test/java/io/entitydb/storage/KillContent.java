package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Contents that tell by themselves whether they are whole and whose they are. */
final class KillContent {

    private static final int LARGE_BYTES = 150_000;

    private KillContent() {}

    /** The content that a number stands for: the number, then bytes drawn from it and the name. */
    static Content of(EntityKey key, long number) {
        SplittableRandom random = new SplittableRandom(number ^ key.hashCode());
        int length = random.nextInt(50) == 0 ? LARGE_BYTES : random.nextInt(2000);
        byte[] bytes = new byte[Long.BYTES + length];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(0, number);
        return Content.of("application/octet-stream", bytes);
    }

    /** Whether an entity's content is whole, byte by byte. */
    static boolean isWhole(Entity entity) {
        if (entity.isDeleted()) {
            return entity.content().length() == 0;
        }
        byte[] bytes = entity.content().bytes();
        long number = ByteBuffer.wrap(bytes).getLong(0);
        return Arrays.equals(bytes, of(entity.key(), number).bytes());
    }
}

package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws what is done to a store: creates, updates, deletes, restores, transactions over several
 * entities, several transactions in one batch, checkpoints, sessions with and without idle time,
 * steps of the clock. The same seed draws the same script.
 */
final class Script {

    private static final int ENTITIES = 9;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SplittableRandom random;
    private final Length length;
    private final List<Step> steps = new ArrayList<>();
    private final Set<EntityKey> living = new LinkedHashSet<>();
    private final Set<EntityKey> dead = new LinkedHashSet<>();
    private int words;

    private Script(long seed, Length length, Oracle before) {
        random = new SplittableRandom(seed);
        this.length = length;
        words = before.size();
        for (EntityKey key : before.keys()) {
            (before.isLiving(key) ? living : dead).add(key);
        }
    }

    /**
     * How much is done.
     *
     * @param sessions times that the store is opened
     * @param steps in each session
     * @param largeContentBytes a content that takes chunks; 0 for none
     */
    record Length(int sessions, int steps, int largeContentBytes) {}

    /** A transaction that is going to be made. */
    record Planned(String principal, List<Change> changes) {
        public Planned {
            changes = List.copyOf(changes);
        }
    }

    /** One thing done to the store. */
    sealed interface Step {

        /** Transactions that are handed over together, so that all but the first share a batch. */
        record Transactions(List<Planned> planned) implements Step {
            public Transactions {
                planned = List.copyOf(planned);
            }
        }

        /**
         * A content is received, and something else happens meanwhile.
         *
         * @param meanwhile is committed when half of it is there
         * @param saving a put of the content; null if the upload is given up
         * @param key of the entity
         * @param content what is received
         */
        record Upload(Planned meanwhile, @Nullable Planned saving, EntityKey key, Content content)
                implements Step {}

        /** A checkpoint on demand. */
        record Checkpoint() implements Step {}

        /**
         * The store is closed and opened again.
         *
         * @param isQuiet whether the header is published after every commit, as when idle
         */
        record Reopen(boolean isQuiet) implements Step {}

        /** The clock is set. */
        record SetClock(long byNanos) implements Step {}
    }

    /**
     * Draws a script.
     *
     * @param before what the store holds when it begins
     */
    static List<Step> draw(long seed, Length length, Oracle before) {
        Script script = new Script(seed, length, before);
        script.draw();
        return List.copyOf(script.steps);
    }

    private void draw() {
        for (int session = 0; session < length.sessions(); session++) {
            if (session > 0) {
                steps.add(new Step.Reopen(random.nextInt(3) == 0));
            }
            for (int i = 0; i < length.steps(); i++) {
                steps.add(step());
            }
        }
        if (length.largeContentBytes() > 0) {
            steps.add(random.nextInt(steps.size()), large());
        }
    }

    private Step step() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> new Step.Checkpoint();
            case 2 -> batch();
            case 3 -> new Step.SetClock((random.nextInt(3) - 1) * SECOND_NANOS);
            case 4 -> upload();
            default -> transactions(1);
        };
    }

    private Step batch() {
        return transactions(2 + random.nextInt(3));
    }

    private Step upload() {
        EntityKey key = key();
        EntityKey other = key();
        while (other.equals(key)) {
            other = key();
        }
        byte[] bytes = new byte[1 + random.nextInt(5 * SmallStore.PIECE_BYTES)];
        random.nextBytes(bytes);
        Content content = Content.of("image/x-raw", bytes);
        Planned meanwhile = new Planned("p0", List.of(change(other)));
        if (random.nextInt(3) == 0) {
            return new Step.Upload(meanwhile, null, key, content);
        }
        dead.remove(key);
        living.add(key);
        Change put = new Change.Put(key, tags(), content);
        return new Step.Upload(meanwhile, new Planned("sender", List.of(put)), key, content);
    }

    private Step large() {
        byte[] bytes = new byte[length.largeContentBytes()];
        random.nextBytes(bytes);
        Change put =
                new Change.Put(
                        new EntityKey("large", "content"),
                        Set.of(Tag.parse("size:large")),
                        Content.of("application/octet-stream", bytes));
        return new Step.Transactions(List.of(new Planned("loader", List.of(put))));
    }

    /** No two of the transactions touch the same entity, so that none is refused. */
    private Step transactions(int count) {
        Set<EntityKey> taken = new HashSet<>();
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Change> changes = new ArrayList<>();
            int wanted = random.nextInt(4) == 0 ? 3 : 1;
            while (changes.size() < wanted && taken.size() < ENTITIES) {
                EntityKey key = key();
                if (taken.add(key)) {
                    changes.add(change(key));
                }
            }
            if (!changes.isEmpty()) {
                planned.add(new Planned("p" + random.nextInt(3), changes));
            }
        }
        return new Step.Transactions(planned);
    }

    private EntityKey key() {
        int number = random.nextInt(ENTITIES);
        return switch (number % 3) {
            case 0 -> new EntityKey("default", "e" + number);
            case 1 -> new EntityKey("other", "a/b:" + number);
            default -> new EntityKey("default", "ключ-\uD83D\uDD11" + number);
        };
    }

    private Change change(EntityKey key) {
        if (dead.contains(key) && random.nextBoolean()) {
            dead.remove(key);
            living.add(key);
            return new Change.Restore(key);
        }
        if (living.contains(key) && random.nextInt(4) == 0) {
            living.remove(key);
            dead.add(key);
            return new Change.Delete(key);
        }
        dead.remove(key);
        living.add(key);
        return new Change.Put(key, tags(), content());
    }

    /** Now and then a tag of a new namespace, which makes the store write its dictionary again. */
    private Set<Tag> tags() {
        Set<Tag> tags = new HashSet<>();
        if (random.nextInt(4) == 0) {
            tags.add(new Tag("word" + words++, "new"));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.add(new Tag("color", "c" + random.nextInt(4)));
        }
        return tags;
    }

    private Content content() {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? 3000 : random.nextInt(300)];
        random.nextBytes(bytes);
        return Content.of(random.nextInt(5) == 0 ? "text/plain" : "image/x-raw", bytes);
    }
}

package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.ModelStep.Attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws steps. The same seed draws the same ones. */
final class ModelScript {

    private static final int ENTITIES = 12;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SplittableRandom random;

    private ModelScript(long seed) {
        random = new SplittableRandom(seed);
    }

    /** So many steps. */
    static List<ModelStep> draw(long seed, int length) {
        ModelScript script = new ModelScript(seed);
        List<ModelStep> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            steps.add(script.step());
        }
        return List.copyOf(steps);
    }

    private ModelStep step() {
        int draw = random.nextInt(100);
        if (draw < 55) {
            return transact();
        }
        if (draw < 60) {
            return new ModelStep.Overlap(transact(), transact());
        }
        if (draw < 63) {
            EntityKey key = key();
            return new ModelStep.Erase(key, random.nextBoolean() ? transact() : touching(key));
        }
        if (draw < 75) {
            return new ModelStep.Read(key(), 1 + random.nextInt(12));
        }
        if (draw < 90) {
            return new ModelStep.ReadPast(key(), random.nextDouble());
        }
        return switch (draw) {
            case 90, 91 -> new ModelStep.Follow();
            case 92, 93 -> new ModelStep.Checkpoint();
            case 94, 95 -> new ModelStep.Reopen();
            case 96 -> new ModelStep.Kill();
            case 97 -> new ModelStep.PowerCut();
            default -> new ModelStep.SetClock((random.nextInt(5) - 2) * SECOND_NANOS);
        };
    }

    private ModelStep.Transact transact() {
        int count = random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
        List<Attempt> attempts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attempts.add(attempt());
        }
        return new ModelStep.Transact("p" + random.nextInt(3), attempts);
    }

    private ModelStep.Transact touching(EntityKey key) {
        return new ModelStep.Transact("p0", List.of(attempt(key)));
    }

    private Attempt attempt() {
        return attempt(key());
    }

    private Attempt attempt(EntityKey key) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Attempt.Delete(key);
            case 2, 3 -> new Attempt.Restore(key);
            case 4 -> new Attempt.Expect(key, random.nextInt(4));
            case 5 -> new Attempt.Create(key, random.nextInt(40), random.nextInt(64));
            default -> new Attempt.Save(key, random.nextInt(40), random.nextInt(64));
        };
    }

    /** Few entities, so that they meet; some of them far more often than others. */
    private EntityKey key() {
        int number = random.nextInt(1 + random.nextInt(ENTITIES));
        return switch (number % 4) {
            case 0 -> new EntityKey("default", "e" + number);
            case 1 -> new EntityKey("other", "a/b:" + number);
            case 2 -> new EntityKey("default", "ключ-\uD83D\uDD11" + number);
            default -> new EntityKey("third", "x".repeat(200) + number);
        };
    }
}

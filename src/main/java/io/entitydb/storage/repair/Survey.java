package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Counts what the steps of a history keep and lose. Serves one thread. */
final class Survey {

    private static final int MAX_ENTITIES = 1000;

    private final TreeMap<String, Long> kept = new TreeMap<>();
    private final List<RepairPlan.LostRange> lost = new ArrayList<>();
    private final Set<EntityKey> entities = new LinkedHashSet<>();
    private long ruined;
    private long lastSequence;

    /** Takes the next step. */
    void add(Step step) {
        lastSequence = step.commitment().sequence();
        switch (step) {
            case Step.Lost(var loss, var last, var _, boolean isKnown) -> {
                if (!isKnown) {
                    lost.add(new RepairPlan.LostRange(loss.firstSequence(), last.sequence()));
                }
            }
            case Step.Kept transaction -> add(transaction);
        }
    }

    private void add(Step.Kept transaction) {
        kept.merge(transaction.source().label(), 1L, Long::sum);
        for (Step.Piece piece : transaction.pieces()) {
            if (piece instanceof Step.Ruined(var _, EntityKey key)) {
                ruined++;
                if (key != null && entities.size() < MAX_ENTITIES) {
                    entities.add(key);
                }
            }
        }
    }

    RepairPlan plan(SourceFile primary, DamageLog damage) {
        return new RepairPlan(
                lastSequence,
                kept,
                lost,
                ruined,
                List.copyOf(entities),
                damage.count(),
                damage.shown(),
                damage.tailBytes(),
                !primary.origin().isSlotValid());
    }
}

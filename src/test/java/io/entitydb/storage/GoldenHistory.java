package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that a store holds, read out once.
 *
 * @param entries what the log tells, in order
 * @param versions all versions of each entity, oldest first
 */
record GoldenHistory(List<LogEntry> entries, Map<EntityKey, List<Known>> versions) {

    /**
     * A version and its content.
     *
     * @param bytes of the content
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by hand.
    record Known(Entity entity, byte[] bytes) {

        long sequence() {
            return entity.version().transaction();
        }
    }

    /** Reads a store to its end; fails if anything of it is refused. */
    static GoldenHistory read(StorageEngine engine) {
        List<LogEntry> entries = new ArrayList<>();
        Map<EntityKey, List<Known>> versions = new LinkedHashMap<>();
        LogFollower log = engine.follow(0);
        for (LogEntry next = next(log); next != null; next = next(log)) {
            entries.add(next);
            if (next instanceof Commit commit) {
                commit.changes().forEach(change -> versions.put(change.key(), List.of()));
            }
        }
        versions.replaceAll(
                (key, none) ->
                        engine
                                .snapshot()
                                .history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT))
                                .stream()
                                .map(entity -> new Known(entity, entity.content().bytes()))
                                .toList());
        return new GoldenHistory(entries, versions);
    }

    private static @Nullable LogEntry next(LogFollower log) {
        try {
            return log.next(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The last transaction. */
    long sequence() {
        return entries.isEmpty() ? 0 : entries.getLast().sequence();
    }

    /** The same in words: a line for each entry of the log, and one for each of its changes. */
    String describe() {
        return entries.stream().map(this::describe).collect(Collectors.joining("\n", "", "\n"));
    }

    private String describe(LogEntry entry) {
        return switch (entry) {
            case Commit commit ->
                    "transaction %d at %d digest %s"
                                    .formatted(
                                            commit.sequence(),
                                            commit.at().epochNanos(),
                                            commit.digest())
                            + commit.changes().stream()
                                    .map(this::describe)
                                    .collect(Collectors.joining());
            case Erasure erasure ->
                    "erasure of %s/%s up to version %d"
                            .formatted(
                                    erasure.key().dataset(), erasure.key().id(), erasure.version());
            case Loss loss ->
                    "loss of transactions %d to %d digest %s"
                            .formatted(loss.firstSequence(), loss.sequence(), loss.digest());
        };
    }

    private String describe(Entity change) {
        return "\n  %s/%s version %d %s by %s, life from %d by %s, %s of %d bytes, %s, [%s]"
                .formatted(
                        change.key().dataset(),
                        change.key().id(),
                        change.version().number(),
                        change.version().kind(),
                        change.version().principal(),
                        change.createdAt().epochNanos(),
                        change.createdBy(),
                        change.content().mediaType(),
                        change.content().length(),
                        Digest.sha256(bytes(change)),
                        change.tags().entrySet().stream()
                                .map(tag -> tag.getKey() + "@" + tag.getValue().epochNanos())
                                .collect(Collectors.joining(" ")));
    }

    private byte[] bytes(Entity change) {
        return versions.getOrDefault(change.key(), List.of()).stream()
                .filter(known -> known.entity().version().equals(change.version()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(change + " is in the log only"))
                .bytes();
    }
}

package io.entitydb.cli;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.repair.Progress;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the entities of a dataset as lines of JSON, in the order of the log. Needs no index and
 * keeps nothing: an entity is written where the log tells its newest version, or with all versions
 * where it tells the oldest one. Serves one thread.
 */
@RequiredArgsConstructor
final class EntityExport {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** A multiple of three bytes is a whole number of groups of base64. */
    private static final int PIECE_BYTES = 48 << 10;

    private static final int PAGE = 100;

    private final StorageEngine engine;
    private final String dataset;
    private final boolean isHistory;
    private final OutputStream out;
    private long lines;

    /**
     * What was written.
     *
     * @param lines versions
     * @param transaction the transaction after which it shows the dataset
     */
    record Result(long lines, long transaction) {}

    /**
     * Writes all of it.
     *
     * @throws UncheckedIOException if the output takes no more
     */
    Result run(Progress progress) {
        Snapshot snapshot = engine.snapshot();
        try {
            LogFollower log = engine.follow(0);
            for (Commit commit = next(log); commit != null; commit = next(log)) {
                for (Entity version : commit.changes()) {
                    if (version.key().dataset().equals(dataset)) {
                        take(snapshot, version);
                    }
                }
                progress.at("transactions", commit.sequence(), snapshot.sequence());
            }
            end(snapshot.sequence());
            return new Result(lines, snapshot.sequence());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Commit next(LogFollower log) {
        try {
            return log.nextCommit(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a follower waited that was not to", e);
        }
    }

    private void take(Snapshot snapshot, Entity version) throws IOException {
        EntityKey key = version.key();
        if (isHistory) {
            List<Entity> first = snapshot.history(key, HistoryRange.oldest(1));
            if (first.getFirst().version().number() == version.version().number()) {
                writeAll(snapshot, key);
            }
            return;
        }
        Entity newest = snapshot.latest(key).orElseThrow();
        if (!newest.isDeleted() && newest.version().number() == version.version().number()) {
            write(newest);
        }
    }

    private void writeAll(Snapshot snapshot, EntityKey key) throws IOException {
        List<Entity> page = snapshot.history(key, HistoryRange.oldest(PAGE));
        while (!page.isEmpty()) {
            for (Entity version : page) {
                if (!version.isErased()) {
                    write(version);
                }
            }
            long last = page.getLast().version().number();
            page = snapshot.history(key, HistoryRange.oldest(PAGE).beginningWith(last + 1));
        }
    }

    private void write(Entity entity) throws IOException {
        byte[] members = MAPPER.writeValueAsBytes(members(entity));
        if (entity.isDeleted()) {
            out.write(members);
        } else {
            out.write(members, 0, members.length - 1);
            write(entity.content());
            out.write('}');
        }
        out.write('\n');
        lines++;
    }

    private static Map<String, Object> members(Entity entity) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", entity.key().id());
        members.put("dataset", entity.key().dataset());
        members.put("version", entity.version().number());
        members.put("tags", entity.tags().keySet().stream().map(Tag::toString).toList());
        if (!entity.isDeleted()) {
            Content content = entity.content();
            members.put("contentType", content.mediaType());
            members.put("contentLength", content.length());
            members.put(
                    "contentDigest",
                    "sha-256=:"
                            + Base64.getEncoder().encodeToString(content.digest().bytes())
                            + ":");
        }
        members.put("state", entity.isDeleted() ? "deleted" : "active");
        members.put("createdAt", entity.createdAt().toString());
        members.put("updatedAt", entity.version().at().toString());
        members.put("createdBy", entity.createdBy());
        members.put("updatedBy", entity.version().principal());
        members.put("transaction", entity.version().transaction());
        return members;
    }

    private void write(Content content) throws IOException {
        out.write(",\"content\":\"".getBytes(StandardCharsets.US_ASCII));
        try (InputStream bytes = content.source().open()) {
            for (byte[] piece = bytes.readNBytes(PIECE_BYTES);
                    piece.length > 0;
                    piece = bytes.readNBytes(PIECE_BYTES)) {
                out.write(Base64.getEncoder().encode(piece));
            }
        }
        out.write('"');
    }

    private void end(long transaction) throws IOException {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("end", true);
        end.put("lines", lines);
        end.put("transaction", transaction);
        out.write(MAPPER.writeValueAsBytes(end));
        out.write('\n');
        out.flush();
    }
}

package io.entitydb.cli;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.repair.Progress;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Stores lines, several in one transaction, up to the first that is refused. Memory: a transaction.
 * Serves one thread.
 */
final class EntityImport {

    private static final int BATCH_LINES = 100;
    private static final long BATCH_BYTES = 4 << 20;
    private static final int MAX_LINE_BYTES = 512 << 20;

    private final StorageEngine engine;
    private final Options options;
    private final InputStream in;
    private final Counts stored = new Counts();
    private Counts batch = new Counts();
    private final Set<EntityKey> keys = new HashSet<>();
    private @Nullable Transaction transaction;
    private long batchBytes;
    private long read;
    private long number;
    private @Nullable EntityKey present;
    private long position;

    /**
     * How lines are taken.
     *
     * @param isHistory whether lines of an entity are its versions, oldest first
     * @param principal who makes the changes
     * @param bytes size of all lines
     */
    record Options(String dataset, boolean isHistory, String principal, long bytes) {}

    /**
     * What was stored.
     *
     * @param lines number of the last line that is
     * @param transaction the newest transaction
     * @param refusal which line was refused, and why; null if none was
     */
    record Result(
            long lines,
            long created,
            long updated,
            long deleted,
            long unchanged,
            long transaction,
            @Nullable String refusal) {}

    private static final class Counts {
        private long lines;
        private long created;
        private long updated;
        private long deleted;
        private long unchanged;

        private void add(Counts more) {
            lines = Math.max(lines, more.lines);
            created += more.created;
            updated += more.updated;
            deleted += more.deleted;
            unchanged += more.unchanged;
        }
    }

    EntityImport(StorageEngine engine, Options options, InputStream in) {
        this.engine = engine;
        this.options = options;
        this.in = in;
    }

    /**
     * Stores them.
     *
     * @throws UncheckedIOException if the input breaks off
     */
    Result run(Progress progress) {
        DatasetCheck.require(engine.snapshot(), options.dataset());
        String refusal = null;
        try {
            for (byte[] line = next(); line != null && refusal == null; line = next()) {
                refusal = take(line);
                progress.at("lines", read, options.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commit();
        return new Result(
                stored.lines,
                stored.created,
                stored.updated,
                stored.deleted,
                stored.unchanged,
                engine.snapshot().sequence(),
                refusal);
    }

    private byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int value = in.read();
        if (value < 0) {
            return null;
        }
        number++;
        while (value >= 0 && value != '\n') {
            if (line.size() == MAX_LINE_BYTES) {
                throw new IOException("line " + number + " has more than 512 MiB");
            }
            line.write(value);
            value = in.read();
        }
        read += line.size() + 1L;
        return line.toByteArray();
    }

    /** Why the line was refused; null if it was not. */
    private @Nullable String take(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            ImportedLine line = text.isBlank() ? null : ImportedLine.parse(text, options.dataset());
            if (line != null) {
                store(line, bytes.length);
            }
            return null;
        } catch (CharacterCodingException e) {
            return "line " + number + ": no UTF-8";
        } catch (ImportedLine.Refused | EntityDbException e) {
            return "line " + number + ": " + e.getMessage();
        }
    }

    private void store(ImportedLine line, int bytes) {
        if (keys.contains(line.key()) || keys.size() == BATCH_LINES || batchBytes > BATCH_BYTES) {
            commit();
        }
        Transaction open = transaction == null ? engine.begin(options.principal()) : transaction;
        transaction = open;
        apply(line, open);
        keys.add(line.key());
        batchBytes += bytes;
        batch.lines = number;
    }

    private void apply(ImportedLine line, Transaction open) {
        Optional<Entity> newest = open.latest(line.key());
        boolean isThere = newest.filter(found -> !found.isDeleted()).isPresent();
        EntityDraft draft = line.draft();
        long wanted = options.isHistory() ? positionOf(line) : 0;
        long last = newest.map(found -> found.version().number()).orElse(0L);
        if (wanted > 0 && wanted <= last) {
            requireSame(line, open, wanted);
            batch.unchanged++;
        } else if (draft == null && !isThere) {
            batch.unchanged++;
        } else if (wanted == 0 && newest.filter(line::isShownBy).isPresent()) {
            batch.unchanged++;
        } else if (draft == null) {
            open.delete(line.key());
            batch.deleted++;
        } else {
            open.save(line.key(), draft);
            if (isThere) {
                batch.updated++;
            } else {
                batch.created++;
            }
        }
    }

    /** Which version of its entity a line stands for; 0 for a deletion of nothing. */
    private long positionOf(ImportedLine line) {
        if (!line.key().equals(present)) {
            present = line.key();
            position = 0;
        }
        if (position > 0 || line.draft() != null) {
            position++;
        }
        return position;
    }

    private static void requireSame(ImportedLine line, Transaction open, long version) {
        boolean isSame =
                open.snapshot().version(line.key(), version).filter(line::isShownBy).isPresent();
        if (!isSame) {
            throw new ImportedLine.Refused(
                    "version " + version + " is there and says something else");
        }
    }

    private void commit() {
        Transaction open = transaction;
        if (open == null) {
            return;
        }
        transaction = null;
        open.commit();
        stored.add(batch);
        batch = new Counts();
        keys.clear();
        batchBytes = 0;
    }
}

package io.entitydb.web.transfer;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.security.NoLongerAuthenticatedException;
import io.entitydb.security.Presence;
import io.entitydb.storage.error.StorageException;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One import: reads lines, gathers those that are stored together, and tells what became of each in
 * their order. Memory: the lines of a batch. Used by one thread.
 */
@RequiredArgsConstructor
final class ImportRun {

    /** So many lines share the force of one commit. */
    static final int BATCH_LINES = 100;

    /** The last line of a batch may go beyond that. */
    private static final long BATCH_BYTES = 1 << 20;

    private final ImportCommands commands;
    private final ImportLines lines;
    private final ImportReport report;
    private final Options options;
    private final Presence presence;
    private final VersionRun versions = new VersionRun();
    private final List<ImportEntry> batch = new ArrayList<>();
    private final Set<EntityKey> keys = new HashSet<>();
    private long batchBytes;
    private boolean hasFailed;

    /**
     * How lines are taken.
     *
     * @param isHistory whether lines of an entity are its versions, oldest first
     * @param isDryRun whether nothing is stored
     * @param isStopping whether the first line that fails is the last that is taken
     * @param skip how many lines at the beginning are passed over
     */
    record Options(boolean isHistory, boolean isDryRun, boolean isStopping, long skip) {}

    /**
     * Works on all lines. What the store refuses altogether ends it before its time, with a last
     * line that says so.
     *
     * @throws IOException if the client is gone, or takes nothing for too long; what was told is
     *     stored, and perhaps what would have been told next
     */
    void run(LineReader in) throws IOException {
        try {
            LineReader.Line line = in.next();
            while (line != null && !isStopped()) {
                take(line);
                line = isStopped() ? null : in.next();
            }
            flush();
        } catch (StorageException | NoLongerAuthenticatedException | AccessDeniedException e) {
            Problem problem = ProblemDetailsAdvice.problemOf(e);
            report.end(false, commands.newest(), TransferProblem.of(problem));
            return;
        }
        report.end(!isStopped(), commands.newest(), null);
    }

    private boolean isStopped() {
        return options.isStopping() && hasFailed;
    }

    private void take(LineReader.Line line) throws IOException {
        if (line.isBlank()) {
            return;
        }
        boolean isSkipped = line.number() <= options.skip();
        EntityKey key = null;
        try {
            JsonNode node = lines.parse(line);
            if (ImportLines.isEnd(node)) {
                return;
            }
            key = lines.key(node);
            EntityDraft draft = lines.draft(node);
            long position = options.isHistory() ? versions.next(key, draft == null) : 0;
            if (!isSkipped) {
                add(new ImportEntry(line.number(), line.bytes(), key, draft, position));
            }
        } catch (ProblemException | InvalidEntityException e) {
            if (!isSkipped) {
                fail(line.number(), key, ProblemDetailsAdvice.problemOf(e));
            }
        }
    }

    private void fail(long line, @Nullable EntityKey key, Problem problem) throws IOException {
        flush();
        if (isStopped()) {
            return;
        }
        if (key == null) {
            versions.failUnknown();
        } else {
            versions.next(key, false);
            versions.fail(key);
        }
        refuse(line, key, problem);
    }

    private void refuse(long line, @Nullable EntityKey key, Problem problem) throws IOException {
        hasFailed = true;
        report.add(ImportResult.failed(line, key == null ? null : key.id(), problem));
    }

    private void add(ImportEntry entry) throws IOException {
        if (keys.contains(entry.key())) {
            flush();
        }
        if (isStopped()) {
            return;
        }
        if (options.isHistory() && versions.isBroken()) {
            flush();
            VersionConflictException broken =
                    new VersionConflictException(
                            entry.key(), "an earlier line of the entity failed");
            refuse(entry.line(), entry.key(), ProblemDetailsAdvice.problemOf(broken));
            return;
        }
        batch.add(entry);
        keys.add(entry.key());
        batchBytes += entry.bytes();
        if (batch.size() == BATCH_LINES || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        List<ImportEntry> entries = List.copyOf(batch);
        batch.clear();
        keys.clear();
        batchBytes = 0;
        for (ImportResult result : store(entries)) {
            report.add(result);
        }
        report.flush();
    }

    /** After the first failure nothing is stored any more if the import stops there. */
    private List<ImportResult> store(List<ImportEntry> entries) {
        presence.requireNowAndThen();
        List<ImportResult> results =
                commands.store(entries, options.isDryRun(), options.isStopping());
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).status() == ImportResult.Status.FAILED) {
                hasFailed = true;
                versions.fail(entries.get(i).key());
            }
        }
        return results;
    }
}

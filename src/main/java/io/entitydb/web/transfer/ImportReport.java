package io.entitydb.web.transfer;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;

/** Tells the client line by line what was done, and counts it. Used by one thread. */
@RequiredArgsConstructor
final class ImportReport {

    private final JsonMapper json;
    private final OutputStream out;
    private final boolean isFailuresOnly;
    private final Map<ImportResult.Status, Long> counts = new EnumMap<>(ImportResult.Status.class);

    /**
     * Tells what became of a line.
     *
     * @throws IOException if the client is gone, or takes nothing for too long
     */
    void add(ImportResult result) throws IOException {
        counts.merge(result.status(), 1L, Long::sum);
        if (!isFailuresOnly || result.status() == ImportResult.Status.FAILED) {
            write(result);
        }
    }

    /** Sends what was told. */
    void flush() throws IOException {
        out.flush();
    }

    /** Writes the last line. */
    void end(boolean isWhole, long transaction, @Nullable TransferProblem problem)
            throws IOException {
        long lines = counts.values().stream().mapToLong(Long::longValue).sum();
        write(
                new ImportSummary(
                        isWhole,
                        lines,
                        count(ImportResult.Status.CREATED),
                        count(ImportResult.Status.UPDATED),
                        count(ImportResult.Status.DELETED),
                        count(ImportResult.Status.UNCHANGED),
                        count(ImportResult.Status.FAILED),
                        transaction,
                        problem));
        out.flush();
    }

    private long count(ImportResult.Status status) {
        return counts.getOrDefault(status, 0L);
    }

    private void write(Object line) throws IOException {
        out.write(json.writeValueAsBytes(line));
        out.write('\n');
    }
}

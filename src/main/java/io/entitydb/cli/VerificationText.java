package io.entitydb.cli;

import io.entitydb.storage.repair.ConcernedEntity;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.LogFigures;
import io.entitydb.storage.repair.VerificationReport;

import lombok.RequiredArgsConstructor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verification for people: what was checked, what was found, and what to do. */
@RequiredArgsConstructor
final class VerificationText {

    private static final int LISTED_FINDINGS = 50;
    private static final int LISTED_ENTITIES = 5;

    private final PrintWriter out;

    void print(VerificationReport report, Path path) {
        LogFigures log = report.figures();
        double seconds = Math.max(report.elapsed().toMillis(), 1) / 1000.0;
        out.printf(
                Locale.ROOT,
                "%s: %,d bytes, %,d transactions, %,d versions, %,d living entities; checked in"
                        + " %.1f s%n",
                report.file(),
                report.fileBytes(),
                log.transactions(),
                log.versions(),
                log.livingEntities(),
                seconds);
        out.println("last transaction " + log.lastSequence() + ", digest " + log.lastDigest());
        report.skipped().forEach(reason -> out.println("not checked: " + reason));
        report.findings().stream().limit(LISTED_FINDINGS).forEach(this::print);
        long more = report.findingCount() - Math.min(report.findings().size(), LISTED_FINDINGS);
        if (more > 0) {
            out.println("… and " + more + " more; --json lists them");
        }
        out.println(report.isDamaged() ? "DAMAGED" : "SOUND");
        advise(report, path);
    }

    private void advise(VerificationReport report, Path path) {
        Advice.deletions(report)
                .forEach(
                        derived ->
                                out.println(
                                        "What to do: delete "
                                                + derived
                                                + " in the data directory while no service runs;"
                                                + " it is built again from the log."));
        if (Advice.isRepairNeeded(report)) {
            out.println("What to do: make a copy of " + path + " as it is, then see what");
            out.println("'repair' would do (it changes nothing without --yes), with --from and a");
            out.println("backup if there is one; or take out what can be read with 'salvage'.");
        }
    }

    private void print(Finding finding) {
        out.printf(
                Locale.ROOT,
                "%s %s at %s %d%s%n",
                finding.code().severity().name().toLowerCase(Locale.ROOT),
                finding.code().code(),
                finding.file(),
                finding.position(),
                finding.end() > finding.position() ? " to " + finding.end() : "");
        out.println("    expected: " + finding.expected());
        out.println("    found:    " + finding.found());
        if (!finding.sequences().isEmpty()) {
            out.println("    transactions: " + finding.sequences());
        }
        if (!finding.entities().isEmpty()) {
            String names =
                    finding.entities().stream()
                            .limit(LISTED_ENTITIES)
                            .map(VerificationText::nameOf)
                            .collect(Collectors.joining(", "));
            int more = finding.entities().size() - LISTED_ENTITIES;
            out.println("    entities: " + names + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private static String nameOf(ConcernedEntity entity) {
        String name = entity.key().dataset() + "/" + entity.key().id();
        return entity.isProven() ? name : name + " (probably)";
    }
}

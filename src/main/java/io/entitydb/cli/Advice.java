package io.entitydb.cli;

import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.VerificationReport;

import java.util.List;
import java.util.Objects;

/** What an operator should do about the findings of a verification. */
final class Advice {

    private Advice() {}

    /** Whether the log itself is damaged, which only a repair heals. */
    static boolean isRepairNeeded(VerificationReport report) {
        return report.findings().stream()
                .anyMatch(finding -> finding.isDamage() && finding.code().derived() == null);
    }

    /**
     * What is to be deleted in the data directory. Nothing as long as the log is damaged: it would
     * be built again from that log, as far as that goes.
     */
    static List<String> deletions(VerificationReport report) {
        return isRepairNeeded(report)
                ? List.of()
                : report.findings().stream()
                        .filter(Finding::isDamage)
                        .map(finding -> finding.code().derived())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }
}

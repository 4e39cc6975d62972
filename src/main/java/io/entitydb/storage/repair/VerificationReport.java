package io.entitydb.storage.repair;

import java.time.Duration;
import java.util.List;

/**
 * What a verification found.
 *
 * @param file name of the data file
 * @param fileBytes its length
 * @param figures what the log holds
 * @param findings what was found, in the order of positions; at most {@value #MAX_FINDINGS}
 * @param findingCount how many findings there were, those included that are not listed
 * @param isDamaged whether any of them is damage
 * @param skipped what was not looked at, and why
 * @param elapsed how long it took
 */
public record VerificationReport(
        String file,
        long fileBytes,
        LogFigures figures,
        List<Finding> findings,
        long findingCount,
        boolean isDamaged,
        List<String> skipped,
        Duration elapsed) {

    /** Most findings that are listed; more are counted. */
    public static final int MAX_FINDINGS = 10_000;

    /** Copies the lists. */
    public VerificationReport {
        findings = List.copyOf(findings);
        skipped = List.copyOf(skipped);
    }
}

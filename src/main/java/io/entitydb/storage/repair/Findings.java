package io.entitydb.storage.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Collects findings: keeps the first, counts all. Serves one thread. */
public final class Findings {

    private final List<Finding> kept = new ArrayList<>();
    private long count;
    private boolean isDamaged;

    /** Takes one. */
    public void add(Finding finding) {
        count++;
        isDamaged |= finding.isDamage();
        if (kept.size() < VerificationReport.MAX_FINDINGS) {
            kept.add(finding);
        }
    }

    /** Takes back what turned out to be as it may be; how much of it there was. */
    int withdraw(Predicate<Finding> isExcused) {
        int before = kept.size();
        kept.removeIf(isExcused);
        int withdrawn = before - kept.size();
        count -= withdrawn;
        if (withdrawn > 0 && count == kept.size()) {
            isDamaged = kept.stream().anyMatch(Finding::isDamage);
        }
        return withdrawn;
    }

    /** Those that were kept, in the order of their positions. */
    List<Finding> kept() {
        return kept.stream()
                .sorted(Comparator.comparing(Finding::file).thenComparingLong(Finding::position))
                .toList();
    }

    long count() {
        return count;
    }

    boolean isDamaged() {
        return isDamaged;
    }
}

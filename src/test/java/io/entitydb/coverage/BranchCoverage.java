package io.entitydb.coverage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What the tests left untaken in the packages whose every branch is to be taken, compared with the
 * list of exclusions.
 *
 * @param missed branches that no test took, listed or not
 * @param all branches of the packages
 * @param problems what breaks the rule; empty if it holds
 */
record BranchCoverage(int missed, int all, List<String> problems) {

    /** Of all branches, at most this part may be excluded. */
    private static final double MOST_EXCLUDED = 0.01;

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path EXCLUSIONS =
            Path.of("src", "test", "resources", "coverage-exclusions.txt");

    /** Copies the list. */
    BranchCoverage {
        problems = List.copyOf(problems);
    }

    /**
     * Compares.
     *
     * @param lines all lines with branches
     * @param exclusions the list
     */
    static BranchCoverage of(List<SourceBranches> lines, List<Exclusion> exclusions) {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> missed = new LinkedHashMap<>();
        for (SourceBranches line : lines) {
            if (line.missed() > 0) {
                missed.merge(line.file() + " | " + line.text(), line.missed(), Integer::sum);
            }
        }
        for (Exclusion exclusion : exclusions) {
            Integer found = missed.remove(exclusion.file() + " | " + exclusion.text());
            if (found == null) {
                problems.add("listed, but covered or gone: " + exclusion);
            } else if (found != exclusion.branches()) {
                problems.add("listed, but " + found + " branches are missed: " + exclusion);
            }
        }
        missed.forEach((line, count) -> problems.add("missed: " + line + " | " + count));
        int all = sum(lines, line -> line.missed() + line.covered());
        int excluded = sum(exclusions, Exclusion::branches);
        if (excluded > all * MOST_EXCLUDED) {
            problems.add(excluded + " of " + all + " branches are excluded");
        }
        return new BranchCoverage(sum(lines, SourceBranches::missed), all, problems);
    }

    private static <T> int sum(List<T> items, ToIntFunction<T> count) {
        return items.stream().mapToInt(count).sum();
    }

    /**
     * Prints the result for a report.
     *
     * @param arguments the report, and {@code fail} or {@code report}: what a problem does
     */
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        if (!Files.exists(report)) {
            System.out.println("branch coverage: not measured");
            return;
        }
        BranchCoverage coverage =
                of(
                        CoverageReport.read(report, SOURCES),
                        Exclusion.parse(Files.readAllLines(EXCLUSIONS, StandardCharsets.UTF_8)));
        coverage.problems().forEach(System.out::println);
        System.out.printf(
                "branch coverage: %d of %d branches missed, %d problems%n",
                coverage.missed(), coverage.all(), coverage.problems().size());
        if (!coverage.problems().isEmpty() && arguments[1].equals("fail")) {
            throw new IllegalStateException("branches are not covered, see above");
        }
    }
}

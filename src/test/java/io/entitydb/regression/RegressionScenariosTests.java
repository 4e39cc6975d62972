package io.entitydb.regression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every scenario has a test that carries its number, and the page lists them all. */
class RegressionScenariosTests {

    private static final int SCENARIOS = 17;
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path PAGE = Path.of("docs/reliability.md");
    private static final Pattern MARK = Pattern.compile("(?m)^ *@Regression\\((\\d+)\\)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

    @Test
    void everyScenarioIsTested() throws IOException {
        TreeSet<Integer> tested = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                tested.addAll(numbers(MARK, Files.readString(file)));
            }
        }

        assertThat(tested).containsExactlyElementsOf(all());
    }

    @Test
    void everyScenarioIsDescribed() throws IOException {
        assertThat(numbers(ROW, Files.readString(PAGE))).containsExactlyElementsOf(all());
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, SCENARIOS).boxed().toList();
    }

    private static List<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }
}

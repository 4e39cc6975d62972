package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page on reliability says what the tests do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliabilityDocTests {

    private static final Path PAGE = Path.of("docs/reliability.md");
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern TEST =
            Pattern.compile("`(\\w+(?:Tests|IT|Contract))(?:#(\\w+))?`");
    private static final String NONE = "–";

    private final Map<String, String> sources = new HashMap<>();
    private String page = "";

    @BeforeAll
    void read() throws IOException {
        page = Files.readString(PAGE);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = String.valueOf(file.getFileName());
                sources.put(name.replace(".java", ""), Files.readString(file));
            }
        }
    }

    @Test
    void everyTestThatIsNamedExists() {
        Matcher named = TEST.matcher(page);
        int count = 0;
        while (named.find()) {
            count++;
            String source = sources.get(named.group(1));
            assertThat(source).as(named.group()).isNotNull();
            String method = named.group(2);
            if (method != null) {
                assertThat(source)
                        .as(named.group())
                        .containsPattern("(?:void|>) " + method + "\\(");
            }
        }
        assertThat(count).isGreaterThan(100);
    }

    @Test
    void everySentenceFaultAndScenarioHasATest() {
        for (String section : List.of("The promise", "Faults", "Scenarios")) {
            List<List<String>> rows = rows(section);
            assertThat(rows).as(section).hasSizeGreaterThan(4);
            for (List<String> row : rows) {
                assertThat(row.getLast()).as("%s: %s", section, row).containsPattern(TEST);
            }
        }
    }

    @Test
    void faultsAreNamedOnce() {
        assertThat(rows("Faults").stream().map(List::getFirst).toList()).doesNotHaveDuplicates();
    }

    @Test
    void goalsAreThoseOfTheBuild() {
        List<List<String>> expected = new ArrayList<>();
        for (ReliabilityGoal goal : ReliabilityGoal.values()) {
            expected.add(
                    List.of(
                            "`" + goal.name() + "`",
                            String.format(Locale.ROOT, "%,d", goal.count("pr")),
                            String.format(Locale.ROOT, "%,d", goal.count("night")),
                            String.format(Locale.ROOT, "%,d", goal.count("release"))));
        }

        assertThat(rows("Goals").stream().map(row -> row.subList(0, 4)).toList())
                .containsExactlyElementsOf(expected);
    }

    /** A goal without a test is one that no test knows. */
    @Test
    void goalsAreReachedByTheTestsThatAreNamed() {
        for (List<String> row : rows("Goals")) {
            String goal = row.getFirst().replace("`", "");
            Pattern use = Pattern.compile("\\bReliabilityGoal\\s*\\.\\s*" + goal + "\\b");
            Matcher test = TEST.matcher(row.getLast());
            if (test.find()) {
                String source = Objects.requireNonNull(sources.get(test.group(1)));
                assertThat(source).as(goal).containsPattern(use);
            } else {
                assertThat(row.getLast()).isEqualTo(NONE);
                assertThat(sources.values()).as(goal).noneMatch(use.asPredicate());
            }
        }
    }

    /** The cells of a section's table, without its head. */
    private List<List<String>> rows(String section) {
        int start = page.indexOf("\n## " + section + "\n");
        assertThat(start).as(section).isPositive();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip))
                .map(Stream::toList)
                .toList();
    }
}

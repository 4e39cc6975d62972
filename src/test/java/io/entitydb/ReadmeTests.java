package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.settings.SettingsTable;
import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What README.md says in tables and links is so. */
class ReadmeTests {

    private static final Pattern PROBLEM =
            Pattern.compile("\\| (\\d{3}) \\| `([a-z-]+)` \\| .* \\|(?: (\\d+) s)? +\\|");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");

    private final String page = read(Path.of("README.md"));

    @Test
    void tableOfProblemsIsThatOfTheCode() {
        List<String> described =
                lines(PROBLEM)
                        .map(
                                row ->
                                        row.group(2)
                                                + " "
                                                + row.group(1)
                                                + " "
                                                + (row.group(3) == null ? "0" : row.group(3)))
                        .toList();

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemType.values())
                                .map(
                                        type ->
                                                type.code()
                                                        + " "
                                                        + type.status().value()
                                                        + " "
                                                        + type.retryAfterSeconds())
                                .toList());
    }

    @Test
    void tableOfSettingsIsMadeFromTheCode() {
        assertThat(page)
                .as("mvn -q test-compile exec:exec@settings renews it")
                .isEqualTo(SettingsTable.renew(page));
    }

    @Test
    void linksLeadSomewhere() {
        for (Path from : List.of(Path.of("README.md"), Path.of("ARCHITECTURE.md"))) {
            Matcher link = LINK.matcher(read(from));
            while (link.find()) {
                assertThat(Path.of(link.group(1))).exists();
            }
        }
    }

    private Stream<Matcher> lines(Pattern pattern) {
        return page.lines().map(pattern::matcher).filter(Matcher::matches);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

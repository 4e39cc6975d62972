package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What README.md says in tables and links is so. */
class ReadmeTests {

    private static final Pattern PROBLEM =
            Pattern.compile("\\| (\\d{3}) \\| `([a-z-]+)` \\| .* \\|(?: (\\d+) s)? +\\|");
    private static final Pattern PROPERTY = Pattern.compile("\\| `(entitydb\\.[a-z.-]+)` \\| .*");
    private static final Pattern PROPERTY_NAME =
            Pattern.compile("\"name\":\\s*\"(entitydb\\.[a-z-]+\\.[a-z.-]+)\"");
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
    void everySettingIsDescribed() throws IOException {
        Set<String> described =
                lines(PROPERTY).map(row -> row.group(1)).collect(Collectors.toSet());

        assertThat(described).isEqualTo(settings());
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

    /** The compiler writes down all properties that the code binds. */
    private static Set<String> settings() throws IOException {
        try (InputStream in =
                ReadmeTests.class.getResourceAsStream(
                        "/META-INF/spring-configuration-metadata.json")) {
            assertThat(in).isNotNull();
            String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // Before them stand the groups, which have names of the same form.
            Matcher name =
                    PROPERTY_NAME.matcher(metadata.substring(metadata.indexOf("\"properties\"")));
            Set<String> names = new TreeSet<>();
            while (name.find()) {
                names.add(name.group(1));
            }
            return names;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

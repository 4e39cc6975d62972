package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.FormatDoc.Section;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class FormatDocTests {

    private static final Path PAGE = Path.of("src/main/java/io/entitydb/storage/FORMAT.md");
    private static final Path SOURCES = Path.of("src/main/java");

    private static final String EXAMPLE =
            """
            ## Example (`ExampleLayout`)

            | constant | value | meaning |
            |---|---|---|
            | `EXAMPLE_BYTES` | 0x1c | all of it |

            | offset | size | type | name | meaning |
            |---|---|---|---|---|
            | 0 | 4 | u32 | magic | |
            | 4 | 16 | bytes | fileId | |
            | 20 | 8 | u64 | nextFileId | |
            | 28 | n | bytes | text | |
            | 28 + n | 4 | u32 | crc | |

            ## Prose

            | offset | size | type | name | meaning |
            |---|---|---|---|---|
            | 0 | 4 | u32 | unrelated | |
            """;

    @ParameterizedTest
    @MethodSource("sections")
    void pageAndClassAgree(Section section) throws Exception {
        assertThat(section.rows()).isNotEmpty();
        assertThat(LayoutComparison.differences(section, layout(section.className()))).isEmpty();
    }

    @Test
    void everyLayoutClassHasASection() throws Exception {
        assertThat(sections())
                .extracting(Section::className)
                .containsExactlyInAnyOrderElementsOf(
                        layouts().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void agreementIsRecognised() {
        assertThat(differences(EXAMPLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "| 0 | 4 | u32 | magic | |, '', constant MAGIC has no row in the page",
        "fileId, fileName, row FILE_NAME has no constant",
        "fileId, fileName, constant FILE_ID has no row in the page",
        "| 20 | 8, | 24 | 8, NEXT_FILE_ID is 24 in the page and 20 in the class",
        "| 20 | 8, | 24 | 8, row nextFileId leaves a gap or overlaps",
        "| 4 | 16, | 4 | 12, FILE_ID_BYTES is 12 in the page and 16 in the class",
        "| 4 | 16, | 4 | 12, row nextFileId leaves a gap or overlaps",
        "| 0x1c | all of it, | 0x20 | all of it, EXAMPLE_BYTES is 32 in the page and 28 in the class",
        "EXAMPLE_BYTES, WHOLE_BYTES, row WHOLE_BYTES has no constant",
        "EXAMPLE_BYTES, WHOLE_BYTES, constant EXAMPLE_BYTES has no row in the page"
    })
    void disagreementIsFound(String text, String replacement, String difference) {
        assertThat(EXAMPLE).contains(text);

        assertThat(differences(EXAMPLE.replace(text, replacement))).contains(difference);
    }

    static List<Section> sections() throws IOException {
        return FormatDoc.parse(Files.readString(PAGE)).sections();
    }

    private static List<String> differences(String page) {
        List<Section> sections = FormatDoc.parse(page).sections();
        assertThat(sections).extracting(Section::className).containsExactly("ExampleLayout");
        return LayoutComparison.differences(sections.getFirst(), ExampleLayout.class);
    }

    private static Class<?> layout(String simpleName) throws Exception {
        return layouts().stream()
                .filter(layout -> layout.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + simpleName));
    }

    private static List<Class<?>> layouts() throws IOException, ClassNotFoundException {
        List<Class<?>> layouts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Layout.java")).toList()) {
                String path = SOURCES.relativize(file).toString().replace(".java", "");
                layouts.add(Class.forName(path.replace(File.separatorChar, '.')));
            }
        }
        return layouts;
    }

    static final class ExampleLayout {

        static final int FILE_ID_BYTES = 16;
        static final int MAGIC = 0;
        static final int FILE_ID = MAGIC + Integer.BYTES;
        static final long NEXT_FILE_ID = FILE_ID + FILE_ID_BYTES;
        static final int TEXT = 28;
        static final int EXAMPLE_BYTES = 28;
    }
}

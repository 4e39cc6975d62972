package io.entitydb.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every rule finds what was planted for it, and leaves innocent code alone. */
class TidyRuleTests {

    private static final String TEST_FILE = "src/test/java/io/entitydb/a/Sample.java";

    @ParameterizedTest
    @MethodSource
    void finds(TidyRule rule, String planted) {
        assertThat(rule.findings(List.of(new ProjectFile(TEST_FILE, planted))))
                .as("%s on: %s", rule, planted)
                .isNotEmpty();
    }

    static Stream<Arguments> finds() {
        return Stream.of(
                        planted(TidyRule.FILE_SIZE, "\n".repeat(500) + "class A {}"),
                        planted(TidyRule.METHOD_SIZE, method(61)),
                        planted(TidyRule.PARAMETER_COUNT, parameters(6)),
                        planted(
                                TidyRule.TESTS_ARE_RUN,
                                "class ATest { @Test void a() {} }",
                                "class A { @Nested class B { @ParameterizedTest void b(int i) {} }"
                                        + " }",
                                "abstract class ATests { @Test void a() {} }",
                                "class RealDisk extends DiskContract {}"),
                        planted(TidyRule.DESCRIBED_PACKAGES, "package io.entitydb.a; class A {}"),
                        planted(
                                TidyRule.OPEN_WORK_HAS_ISSUE,
                                "// TODO: later",
                                "// TODO later",
                                "/* a\n * TODO(#12):\n */",
                                "// FIXME(#12): a",
                                "// XXX"),
                        planted(
                                TidyRule.NO_SLEEP,
                                "Thread.sleep(10);",
                                "TimeUnit.SECONDS.sleep (1);",
                                "LockSupport.parkNanos(1);"),
                        planted(TidyRule.NO_DISABLED_TESTS, "@Disabled(\"slow\") class A {}"),
                        planted(
                                TidyRule.NO_HISTORY,
                                "/** @author me */",
                                "// formerly a list",
                                "// Refactored for clarity",
                                "// this used to be slow",
                                "// the old implementation",
                                "// has been\tfixed".replace('\t', ' '),
                                "// now uses a map",
                                "// newly added"),
                        planted(TidyRule.NO_PRAISE, "// blazing fast", "/* Bullet-proof. */"),
                        planted(
                                TidyRule.FEW_LOMBOK_ANNOTATIONS,
                                "import lombok.Data;",
                                "import lombok.*;",
                                "import lombok.val;",
                                "import lombok.experimental.UtilityClass;",
                                "@lombok.Setter int a;",
                                "import lombok.Builder.Default;"),
                        planted(
                                TidyRule.NO_REGISTRY_HOSTS,
                                "// https://repo" + ".maven.apache.org/maven2",
                                "String a = \"repo1.ma" + "ven.org\";",
                                "registry=https://registry.npm" + "js.org/",
                                "https://py" + "pi.org/simple"),
                        planted(
                                TidyRule.NO_MACHINE_PATHS,
                                "// see /work" + "/notes",
                                "Path.of(\"/root" + "/a\")",
                                "cd /home" + "/me"))
                .flatMap(planted -> planted);
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasSomethingPlanted(TidyRule rule) {
        assertThat(finds()).anyMatch(arguments -> arguments.get()[0] == rule);
    }

    @ParameterizedTest
    @MethodSource
    void leavesAlone(TidyRule rule, String innocent) {
        assertThat(rule.findings(List.of(new ProjectFile(TEST_FILE, innocent))))
                .as("%s on: %s", rule, innocent)
                .isEmpty();
    }

    static Stream<Arguments> leavesAlone() {
        return Stream.of(
                        planted(TidyRule.FILE_SIZE, "\n".repeat(499) + "class A {}"),
                        planted(TidyRule.METHOD_SIZE, method(60)),
                        planted(
                                TidyRule.PARAMETER_COUNT,
                                parameters(5),
                                "record A(int a, int b, int c, int d, int e, int f) { A { } }"),
                        planted(
                                TidyRule.TESTS_ARE_RUN,
                                "class ATests { @Nested class B { @Test void a() {} } }",
                                "class AIT extends AContract {}",
                                "abstract class AContract { @Test void a() {} }",
                                "final class FakeClock { void test() {} }"),
                        planted(
                                TidyRule.OPEN_WORK_HAS_ISSUE,
                                "// TODO(#12): compact",
                                "String a = \"// TODO: a\";",
                                "int XXX = 1;"),
                        planted(
                                TidyRule.NO_SLEEP,
                                "// never sleep (x)",
                                "\"Thread.sleep(1)\"",
                                "int asleep(int a)"),
                        planted(
                                TidyRule.NO_HISTORY,
                                "// a new version of a fixed-size header that is now durable",
                                "String a = \"the old code\";"),
                        planted(
                                TidyRule.FEW_LOMBOK_ANNOTATIONS,
                                "import lombok.RequiredArgsConstructor;",
                                "import lombok.extern.slf4j.Slf4j;",
                                "// import lombok.Data;"),
                        planted(
                                TidyRule.NO_REGISTRY_HOSTS,
                                "https://maven.apache.org/POM/4.0.0",
                                "import org.sonatypes.A;"),
                        planted(
                                TidyRule.NO_MACHINE_PATHS,
                                "src/work/a",
                                "$HOME/work/a",
                                "target=/root/.m2",
                                "https://example.org/home/a"))
                .flatMap(planted -> planted);
    }

    @Test
    void packageIsDescribedByJavadocAndNullMarked() {
        ProjectFile type = new ProjectFile("src/main/java/io/entitydb/a/A.java", "class A {}");
        ProjectFile test = new ProjectFile("src/test/java/io/entitydb/a/ATests.java", "class A {}");

        assertThat(describedPackages(type, test, info("/** A. */ @NullMarked package io.a;")))
                .isEmpty();
        assertThat(describedPackages(type, info("/** A. */\n@X({\"a\"})\n@NullMarked\npackage a;")))
                .isEmpty();
        assertThat(describedPackages(type, info("/** A. */ package a;"))).hasSize(1);
        assertThat(describedPackages(type, info("@NullMarked package a;"))).hasSize(1);
        assertThat(describedPackages(type, test)).hasSize(2);
    }

    @Test
    void findingNamesFileAndLine() {
        ProjectFile file = new ProjectFile(TEST_FILE, "/* a */\n\n  // XXX\n");

        assertThat(TidyRule.OPEN_WORK_HAS_ISSUE.findings(List.of(file)))
                .singleElement()
                .hasToString(TEST_FILE + ":3 work without issue");
    }

    private static Stream<Finding> describedPackages(ProjectFile... files) {
        return TidyRule.DESCRIBED_PACKAGES.findings(List.of(files));
    }

    private static ProjectFile info(String text) {
        return new ProjectFile("src/main/java/io/entitydb/a/package-info.java", text);
    }

    private static Stream<Arguments> planted(TidyRule rule, String... sources) {
        return Stream.of(sources).map(source -> Arguments.of(rule, source));
    }

    private static String method(int lines) {
        return "class A {\n  void a() {\n" + "    b();\n".repeat(lines - 2) + "  }\n}\n";
    }

    private static String parameters(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "int a" + index)
                .collect(Collectors.joining(", ", "interface A { void a(", "); }"));
    }
}

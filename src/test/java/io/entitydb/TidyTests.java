package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.tidy.ProjectFile;
import io.entitydb.tidy.ProjectFiles;
import io.entitydb.tidy.TidyRule;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;

/** The project's files obey the rules of tidy code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TidyTests {

    private List<ProjectFile> files = List.of();

    @BeforeAll
    void readProject() {
        files = ProjectFiles.below(Path.of("").toAbsolutePath());
    }

    @ParameterizedTest
    @EnumSource
    void projectObeys(TidyRule rule) {
        assertThat(rule.findings(files)).isEmpty();
    }

    @Test
    void everyPartOfTheProjectIsRead() {
        assertThat(files)
                .extracting(ProjectFile::name)
                .contains(
                        "pom.xml",
                        ".ci/run",
                        "src/main/java/io/entitydb/EntityDbApplication.java",
                        "src/main/resources/application.yaml",
                        "src/test/java/io/entitydb/TidyTests.java")
                .noneMatch(name -> name.startsWith("target/") || name.startsWith(".git/"));
    }

    /** {@link TidyRule#TESTS_ARE_RUN} judges names by these patterns. */
    @Test
    void buildPicksTestsByTheExpectedNames() {
        ProjectFile pom =
                files.stream()
                        .filter(file -> file.name().equals("pom.xml"))
                        .findFirst()
                        .orElseThrow();

        assertThat(pom.text())
                .contains(
                        "<include>**/*Tests.java</include>",
                        "<include>**/*IT.java</include>",
                        "<include>**/*CampaignTests.java</include>")
                .doesNotContain("<skipTests>", "<testFailureIgnore>", "<excludedGroups>");
    }
}

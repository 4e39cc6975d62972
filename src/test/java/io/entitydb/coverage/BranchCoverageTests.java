package io.entitydb.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class BranchCoverageTests {

    private static final SourceBranches COVERED =
            new SourceBranches("a/A.java", "if (x) {", 0, 198);
    private static final SourceBranches MISSED = new SourceBranches("a/A.java", "if (y) {", 1, 1);
    private static final Exclusion LISTED = new Exclusion("a/A.java", "if (y) {", 1, "because");

    @Test
    void everythingCoveredIsFine() {
        assertThat(BranchCoverage.of(List.of(COVERED), List.of()).problems()).isEmpty();
    }

    @Test
    void missedBranchMustBeListed() {
        assertThat(BranchCoverage.of(List.of(COVERED, MISSED), List.of()).problems())
                .containsExactly("missed: a/A.java | if (y) { | 1");
        assertThat(BranchCoverage.of(List.of(COVERED, MISSED), List.of(LISTED)))
                .isEqualTo(new BranchCoverage(1, 200, List.of()));
    }

    @Test
    void listedBranchMustBeMissed() {
        assertThat(BranchCoverage.of(List.of(COVERED), List.of(LISTED)).problems())
                .singleElement()
                .asString()
                .startsWith("listed, but covered or gone");
    }

    @Test
    void numberOfBranchesMustFit() {
        SourceBranches more = new SourceBranches("a/A.java", "if (y) {", 2, 0);

        assertThat(BranchCoverage.of(List.of(COVERED, more), List.of(LISTED)).problems())
                .singleElement()
                .asString()
                .startsWith("listed, but 2 branches are missed");
    }

    @Test
    void listIsShort() {
        assertThat(BranchCoverage.of(List.of(MISSED), List.of(LISTED)).problems())
                .containsExactly("1 of 2 branches are excluded");
    }

    @Test
    void listIsReadWithSourceLinesThatHoldTheSeparator() {
        assertThat(
                        Exclusion.parse(
                                List.of("# why", "", " a/A.java | x = a | b; | 2 | no such bit ")))
                .containsExactly(new Exclusion("a/A.java", "x = a | b;", 2, "no such bit"));
    }

    @Test
    void lineWithoutReasonIsRefused() {
        assertThatThrownBy(() -> Exclusion.parse(List.of("a/A.java | if (y) { | 1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Exclusion.parse(List.of("a/A.java | if (y) { | 1 | ")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportIsReadForTheGatedPackagesOnly(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("jacoco.xml");
        Files.writeString(
                report,
                """
                <?xml version="1.0"?><!DOCTYPE report PUBLIC "-//X//DTD X//EN" "absent.dtd">
                <report name="x"><package name="io/entitydb/storage/log">
                <sourcefile name="A.java"><line nr="2" mi="0" ci="3" mb="1" cb="3"/>
                <line nr="1" mi="0" ci="3" mb="0" cb="0"/></sourcefile></package>
                <package name="io/entitydb/web"><sourcefile name="B.java">
                <line nr="1" mi="0" ci="3" mb="1" cb="3"/></sourcefile></package></report>
                """);
        Path source = directory.resolve("io/entitydb/storage/log/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "first\n    if (x && y) {\n");

        assertThat(CoverageReport.read(report, directory))
                .containsExactly(
                        new SourceBranches(
                                "io/entitydb/storage/log/A.java", "if (x && y) {", 1, 3));
    }
}

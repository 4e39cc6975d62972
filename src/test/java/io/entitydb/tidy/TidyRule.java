package io.entitydb.tidy;

import com.google.errorprone.annotations.Immutable;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A rule that every file of the project obeys. */
public enum TidyRule {
    /** At most 500 lines: a longer file holds more than one idea. */
    FILE_SIZE(
            java(
                    file ->
                            file
                                    .text()
                                    .lines()
                                    .skip(500)
                                    .findFirst()
                                    .map(
                                            line ->
                                                    new Finding(
                                                            file.name(),
                                                            501,
                                                            "more than 500 lines"))
                                    .stream())),
    /** At most 60 lines. */
    METHOD_SIZE(java(SyntaxRules::methodSize)),
    /** At most 5; beyond that they are a record. */
    PARAMETER_COUNT(java(SyntaxRules::parameterCount)),
    /** Every test is picked by the build. */
    TESTS_ARE_RUN(tests(SyntaxRules::testsThatAreNotRun)),
    /** Every package has a described, null-marked package-info. */
    DESCRIBED_PACKAGES(PackageRules::describedPackages),
    /** Open work names the issue that will do it. */
    OPEN_WORK_HAS_ISSUE(
            comment("\\b(?:TODO(?!\\(#\\d+\\): \\S)|FIXME|XXX)\\b", "work without issue")),
    /** Waiting a fixed time is either too long or too short. */
    NO_SLEEP(code("\\bsleep\\s*\\(|\\bparkNanos\\s*\\(", "sleeps")),
    /** A test that is switched off checks nothing. */
    NO_DISABLED_TESTS(code("@Disabled\\b", "test is switched off")),
    /** Comments describe the code as it is; its history is in version control. */
    NO_HISTORY(
            comment(
                    "(?i)@author\\b|\\b(?:formerly|hot-?fix|bug-?fix|refactored|reworked)\\b"
                            + "|\\bused to be\\b"
                            + "|\\b(?:old|former|previous|earlier) (?:code|implementation)\\b"
                            + "|\\bhas been (?:fixed|improved|refactored|renamed)\\b"
                            + "|\\bnow (?:uses|returns|throws|works|we)\\b|\\bwe no longer\\b"
                            + "|\\b(?:newly|recently) (?:added|changed|introduced)\\b",
                    "history in a comment")),
    /** Comments do not praise the code. */
    NO_PRAISE(
            comment(
                    "(?i)\\b(?:blazing|bullet-?proof|surgical|world-class|state-of-the-art|rock-solid)\\b",
                    "praise in a comment")),
    /** Only the annotations that records cannot replace. */
    FEW_LOMBOK_ANNOTATIONS(
            code(
                    "\\blombok\\.(?!AccessLevel\\b|(?:Builder|Getter|RequiredArgsConstructor|With"
                            + "|extern\\.slf4j\\.Slf4j)\\b(?!\\.))[\\w.*]+",
                    "Lombok feature that the project does without")),
    /** Where packages come from is a matter of the machine that builds. */
    NO_REGISTRY_HOSTS(
            any(
                    "(?i)\\brepo1?\\.maven\\.|\\bmaven\\.org\\b|\\bsonatype\\.(?:org|com)\\b"
                            + "|\\bnpmjs\\.(?:org|com)\\b|\\bpypi\\.org\\b|\\bcrates\\.io\\b"
                            + "|\\bpythonhosted\\.org\\b|\\bdeb\\.debian\\.org\\b"
                            + "|\\bproxy\\.golang\\.org\\b",
                    "name of a package registry's host")),
    /** A path that exists on one machine only. */
    NO_MACHINE_PATHS(
            any(
                    "(?<![\\w.$}/-])/(?:work/|root/(?!\\.m2\\b)|tmp/wt/|home/\\w|Users/\\w)",
                    "path of a single machine"));

    private final ProjectCheck check;

    TidyRule(ProjectCheck check) {
        this.check = check;
    }

    /** Every place where one of the files breaks this rule. */
    public Stream<Finding> findings(Collection<ProjectFile> files) {
        return check.findings(files);
    }

    private static ProjectCheck java(FileCheck check) {
        return files -> files.stream().filter(ProjectFile::isJava).flatMap(check::findings);
    }

    private static ProjectCheck tests(FileCheck check) {
        return files -> files.stream().filter(ProjectFile::isTest).flatMap(check::findings);
    }

    private static ProjectCheck code(String pattern, String message) {
        Pattern compiled = Pattern.compile(pattern);
        return java(file -> file.code().findings(compiled, message));
    }

    private static ProjectCheck comment(String pattern, String message) {
        Pattern compiled = Pattern.compile(pattern);
        return java(file -> file.comments().findings(compiled, message));
    }

    private static ProjectCheck any(String pattern, String message) {
        Pattern compiled = Pattern.compile(pattern);
        return files -> files.stream().flatMap(file -> file.findings(compiled, message));
    }

    @Immutable
    private interface ProjectCheck {
        Stream<Finding> findings(Collection<ProjectFile> files);
    }

    @Immutable
    private interface FileCheck {
        Stream<Finding> findings(ProjectFile file);
    }
}

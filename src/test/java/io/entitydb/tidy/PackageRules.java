package io.entitydb.tidy;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every package says what it is, and that its types are not null unless marked. */
final class PackageRules {

    private static final Pattern DESCRIBED =
            Pattern.compile(
                    "/\\*\\*.*?\\*/\\s*(?:@.*?)?@NullMarked\\b.*\\bpackage\\s", Pattern.DOTALL);

    private PackageRules() {}

    static Stream<Finding> describedPackages(Collection<ProjectFile> files) {
        Map<String, ProjectFile> descriptions =
                files.stream()
                        .filter(file -> file.name().endsWith("/package-info.java"))
                        .collect(
                                Collectors.toMap(
                                        PackageRules::packageOf, Function.identity(), (a, b) -> a));
        Stream<Finding> absent =
                files.stream()
                        .filter(file -> file.isJava() && file.name().startsWith("src/"))
                        .filter(file -> !descriptions.containsKey(packageOf(file)))
                        .map(file -> new Finding(file.name(), 1, "package has no package-info"));
        Stream<Finding> poor =
                descriptions.values().stream()
                        .filter(file -> !DESCRIBED.matcher(file.text()).find())
                        .map(
                                file ->
                                        new Finding(
                                                file.name(),
                                                1,
                                                "package lacks Javadoc or @NullMarked"));
        return Stream.concat(absent, poor);
    }

    /** A test package is described by its counterpart in the main sources, if it has one. */
    private static String packageOf(ProjectFile file) {
        String directory = file.name().substring(0, file.name().lastIndexOf('/'));
        return directory.replaceFirst("^src/[a-z]+/java/?", "");
    }
}

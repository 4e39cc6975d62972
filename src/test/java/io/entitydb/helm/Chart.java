package io.entitydb.helm;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The chart, as Helm sees it. Rendered for the release {@code shop} in the namespace {@code data}.
 */
final class Chart {

    static final Path DIRECTORY = Path.of("helm", "entitydb");
    static final String RELEASE = "shop";
    static final String NAMESPACE = "data";

    /** Where the values stand that the chart is tried with. */
    static final Path VALUES = Path.of("src", "test", "resources", "helm", "values");

    private static final String VERSION = "1.33.0";
    private static final String LOOKUP = "(lookup \"v1\" \"Secret\" .Release.Namespace $name)";

    private static final String HOOK = "\"helm.sh/hook\" ";

    private Chart() {}

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** The files of {@link #VALUES}, sorted. */
    static List<Path> values() {
        return files(VALUES);
    }

    /** The objects that these values make. */
    static Rendered render(Path values) {
        return render(values, "(dict)");
    }

    /** The objects that these values make, which are YAML. */
    static Rendered render(String values) {
        return with(values, Chart::render);
    }

    /**
     * The objects that these values make where the cluster has a Secret with that data.
     *
     * @param secret a template's expression
     */
    static Rendered renderWhereSecretIs(String secret) {
        return with("{}", values -> render(values, "(dict \"data\" " + secret + ")"));
    }

    /**
     * This renderer asks a cluster what the chart looks up, also where it is to do without, and
     * leaves out what {@code helm test} runs. Both are seen here through a copy of the chart.
     */
    private static Rendered render(Path values, String found) {
        return inDirectory(
                copy -> {
                    for (Path file : files(DIRECTORY)) {
                        Path target = copy.resolve(DIRECTORY.relativize(file));
                        Files.createDirectories(target.getParent());
                        Files.writeString(
                                target,
                                Files.readString(file)
                                        .replace(LOOKUP, found)
                                        .replace(HOOK, "\"hook\" "));
                    }
                    return Rendered.parse(
                            new Helm(copy)
                                    .template()
                                    .withName(RELEASE)
                                    .withNamespace(NAMESPACE)
                                    .withKubeVersion(VERSION)
                                    .withValuesFile(values)
                                    .call());
                });
    }

    /** What Helm tells the user who installed it with these values. */
    static String notes(Path values) {
        String output =
                new Helm(DIRECTORY)
                        .install()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(VERSION)
                        .withValuesFile(values)
                        .clientOnly()
                        .dryRun()
                        .withDryRunOption(DryRun.CLIENT)
                        .call()
                        .getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    static String file(String name) {
        try {
            return Files.readString(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T with(String values, Function<Path, T> use) {
        return inDirectory(
                directory ->
                        use.apply(Files.writeString(directory.resolve("values.yaml"), values)));
    }

    private static <T> T inDirectory(Use<T> use) {
        try {
            Path directory = Files.createTempDirectory("chart");
            try {
                return use.with(directory);
            } finally {
                try (Stream<Path> all = Files.walk(directory)) {
                    for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(Path directory) throws IOException;
    }
}

import com.google.googlejavaformat.java.Main;

/**
 * Formats the Java sources with google-java-format, or checks that they are formatted.
 *
 * <p>The formatter parses with the compiler of the Java that runs it, so it must run on the JDK
 * that compiles the code, which need not be the one that runs Maven: the build starts this file
 * with the toolchain's {@code java}.
 */
static final List<Path> ROOTS = List.of(Path.of("src"), Path.of(".mvn"), Path.of("scripts"));

/** Four spaces; long strings stay as written, because breaking them may take several runs. */
static final List<String> STYLE = List.of("--aosp", "--skip-reflowing-long-strings");

void main(String[] arguments) throws Exception {
    List<String> options =
            switch (arguments[0]) {
                case "apply" -> List.of("--replace");
                case "check" -> List.of("--dry-run", "--set-exit-if-changed");
                default ->
                        throw new IllegalArgumentException("apply or check, not " + arguments[0]);
            };
    List<String> command = new ArrayList<>(STYLE);
    command.addAll(options);
    for (Path root : ROOTS) {
        try (Stream<Path> files = Files.walk(root)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(command::add);
        }
    }
    PrintWriter output = new PrintWriter(System.out, true);
    int status =
            new Main(output, new PrintWriter(System.err, true), System.in)
                    .format(command.toArray(String[]::new));
    if (status != 0) {
        output.println(
                "Not formatted (listed above). Format with: mvn -q validate exec:exec@format");
    }
    System.exit(status);
}

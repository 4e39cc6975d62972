package io.entitydb.cli;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** The commands of the jar. Without one, the jar is the service. */
public final class CommandLineProgram {

    /** The command that starts the service, which no command starts too. */
    private static final String SERVE = "serve";

    private static final Set<String> GENERAL_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private final PrintWriter out;
    private final PrintWriter err;

    /** A program that writes its results to one place, progress and errors to another. */
    CommandLineProgram(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Whether arguments are a command: they begin with a word, or ask for help. Options of the
     * service, and none at all, are not.
     */
    public static boolean isCommand(String... arguments) {
        if (arguments.length == 0 || arguments[0].equals(SERVE)) {
            return false;
        }
        return !arguments[0].startsWith("-") || GENERAL_OPTIONS.contains(arguments[0]);
    }

    /** The options of the service, without the word that stands for it. */
    public static String[] serviceArguments(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(SERVE)
                ? Arrays.copyOfRange(arguments, 1, arguments.length)
                : arguments;
    }

    /**
     * Runs a command.
     *
     * @return the exit code: 0 for success, others as the help tells
     */
    public static int run(String... arguments) {
        Quiet.logging();
        return new CommandLineProgram(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    int execute(String... arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(new FailureAnswer());
        int code = execute(line, arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** An error that nobody handles would end the process as if damage had been found. */
    private int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            return MemoryAnswer.print(err);
        }
    }
}

package io.entitydb.cli;

import io.entitydb.storage.repair.Progress;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The options that all commands have. */
final class OutputOptions {

    @Option(names = "--json", description = "Write the result as one JSON document.")
    private boolean isJson;

    @Option(names = "--quiet", description = "No progress on the error output.")
    private boolean isQuiet;

    boolean isJson() {
        return isJson;
    }

    boolean isQuiet() {
        return isQuiet;
    }

    /** Tells a result: to programs as one JSON document, to people as text. */
    void report(CommandSpec spec, Map<String, Object> document, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            Documents.print(out, document);
        } else {
            text.accept(out);
        }
    }

    /** Does long work and tells on the error output how far it is, unless that is not wanted. */
    @SuppressWarnings("SystemConsoleNull") // It is null where the terminal's module is missing.
    <T> T withProgress(CommandSpec spec, Function<Progress, T> work) {
        if (isQuiet) {
            return work.apply((activity, done, total) -> {});
        }
        Console console = System.console();
        boolean isTerminal = console != null && console.isTerminal();
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), isTerminal)) {
            return work.apply(progress);
        }
    }
}

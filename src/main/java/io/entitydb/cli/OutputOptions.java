package io.entitydb.cli;

import picocli.CommandLine.Option;

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
}

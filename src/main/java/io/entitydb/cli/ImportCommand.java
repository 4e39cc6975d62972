package io.entitydb.cli;

import io.entitydb.storage.OfflineStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Stores the lines of an export. */
@Command(
        name = "import",
        description = {
            "Stores entities from the lines of an export in a dataset of a store that no service has"
                    + " open. What is there already and says the same is left as it is, so the same file"
                    + " may be imported again. The search index follows when a service opens the store.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All lines are stored.",
            "1:A line was refused; those before it are stored, those behind it are not.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened or takes no writes, has no such dataset, or the file cannot"
                    + " be read.",
            "4:A fault of the program, or too little memory."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIRECTORY",
            description = "Data directory; no service has it open.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "FILE", description = "Lines of an export.")
    private Path source;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "The dataset; 'default' if left out. It must be there.")
    private String dataset = "default";

    @Option(
            names = "--history",
            description =
                    "Lines of an entity that follow each other are its versions, oldest first.")
    private boolean isHistory;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who makes the changes; 'operator' if left out.")
    private String principal = "operator";

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        StoreArgument.directoryOf(directory, spec);
        ExportCommand.requireDataset(dataset, spec);
        if (!Files.isRegularFile(source)) {
            throw new ParameterException(spec.commandLine(), source + " is no file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source));
                OfflineStore store = OfflineStore.write(directory)) {
            EntityImport.Options options =
                    new EntityImport.Options(dataset, isHistory, principal, Files.size(source));
            EntityImport work = new EntityImport(store.engine(), options, in);
            EntityImport.Result result = output.withProgress(spec, work::run);
            report(result);
            return result.refusal() == null ? ExitCode.SOUND : ExitCode.DAMAGED;
        } catch (IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println(source + " cannot be read: " + e.getMessage());
            return ExitCode.NOT_OPENED;
        }
    }

    private void report(EntityImport.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("result", result.refusal() == null ? "imported" : "refused");
        document.put("lines", result.lines());
        document.put("created", result.created());
        document.put("updated", result.updated());
        document.put("deleted", result.deleted());
        document.put("unchanged", result.unchanged());
        document.put("transaction", result.transaction());
        if (result.refusal() != null) {
            document.put("refusal", result.refusal());
        }
        output.report(spec, document, out -> print(out, result));
    }

    private static void print(PrintWriter out, EntityImport.Result result) {
        out.printf(
                Locale.ROOT,
                "Stored up to line %,d: %,d created, %,d updated, %,d deleted, %,d unchanged;"
                        + " transaction %,d.%n",
                result.lines(),
                result.created(),
                result.updated(),
                result.deleted(),
                result.unchanged(),
                result.transaction());
        if (result.refusal() != null) {
            out.println("Refused: " + result.refusal());
        }
    }
}

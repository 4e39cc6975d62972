package io.entitydb.cli;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.security.SystemRecords;
import io.entitydb.storage.OfflineStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Writes the entities of a dataset as lines of JSON. */
@Command(
        name = "export",
        description = {
            "Writes the entities of a dataset of a store that no service has open to NEW-FILE, one JSON"
                    + " object a line, as GET …/entities:export does, in the order in which they were"
                    + " changed. Changes nothing in the store.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything was written.",
            "2:The command line makes no sense, or a file of that name is there; nothing was done.",
            "3:The store cannot be opened or read, or the output cannot be written; the file has no"
                    + " last line then that says it is whole.",
            "4:A fault of the program, or too little memory."
        })
final class ExportCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIRECTORY",
            description = "Data directory; no service has it open.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "NEW-FILE", description = "Must not be there yet.")
    private Path target;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "The dataset; 'default' if left out.")
    private String dataset = "default";

    @Option(names = "--history", description = "All versions, deleted entities among them.")
    private boolean isHistory;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        StoreArgument.directoryOf(directory, spec);
        requireDataset(dataset, spec);
        try (OfflineStore store = OfflineStore.read(directory)) {
            DatasetCheck.require(store.engine().snapshot(), dataset);
            try (OutputStream out = create()) {
                EntityExport export = new EntityExport(store.engine(), dataset, isHistory, out);
                report(output.withProgress(spec, export::run));
            }
            return ExitCode.SOUND;
        } catch (IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println(target + " cannot be written: " + e.getMessage());
            return ExitCode.NOT_OPENED;
        }
    }

    /** Refuses what is no dataset of clients. */
    static void requireDataset(String name, CommandSpec spec) {
        try {
            EntityKey.requireDataset(name);
        } catch (InvalidEntityException e) {
            throw new ParameterException(spec.commandLine(), name + " is no name of a dataset", e);
        }
        if (name.equals(SystemRecords.DATASET)) {
            throw new ParameterException(
                    spec.commandLine(), "the dataset " + name + " is the service's own");
        }
    }

    private OutputStream create() throws IOException {
        try {
            return new BufferedOutputStream(
                    Files.newOutputStream(
                            target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), target + " is there already; name another file", e);
        }
    }

    private void report(EntityExport.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("lines", result.lines());
        document.put("transaction", result.transaction());
        output.report(
                spec,
                document,
                out ->
                        out.printf(
                                Locale.ROOT,
                                "Written: %,d versions, as of transaction %,d.%n",
                                result.lines(),
                                result.transaction()));
    }
}

package io.entitydb.cli;

import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.repair.Salvage;
import io.entitydb.storage.repair.StorePlace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Writes every version that verifies to a file of lines, and what could not be read to another. */
@Command(
        name = "salvage",
        description = {
            "Writes every version that verifies to NEW-FILE, one JSON document a line, and a list of"
                    + " what could not be read to NEW-FILE.lost. Works on a store that does not open, on"
                    + " a copy, and without a valid header. Changes nothing in the store.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything was written.",
            "1:Something could not be read; the list tells what.",
            "2:The command line makes no sense, or a file of that name is there; nothing was done.",
            "3:The store cannot be opened, or the output cannot be written.",
            "4:A fault of the program, or too little memory."
        })
final class SalvageCommand implements Callable<Integer> {

    private static final String LOST = ".lost";

    @Parameters(index = "0", paramLabel = "STORE", description = "Data directory, or a data file.")
    private Path store;

    @Parameters(index = "1", paramLabel = "NEW-FILE", description = "Must not be there yet.")
    private Path target;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        StorePlace place = StoreArgument.placeOf(store, spec);
        Path list = Path.of(target + LOST);
        try (Writer versions = create(target);
                Writer lost = create(list)) {
            SalvageLines lines = new SalvageLines(versions, lost);
            Salvage salvage = new Salvage(place);
            Salvage.Result result =
                    output.withProgress(spec, progress -> salvage.run(lines, progress));
            report(result, list);
            return result.lost() == 0 ? ExitCode.SOUND : ExitCode.DAMAGED;
        } catch (StorageLockedException e) {
            // Nothing was read, and empty files would be in the way of the next attempt.
            deleteEmpty(target, list);
            throw e;
        } catch (IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println(target + " cannot be written: " + e.getMessage());
            return ExitCode.NOT_OPENED;
        }
    }

    private static void deleteEmpty(Path... files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void report(Salvage.Result result, Path list) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        output.isJson()
                                ? "{\"versions\": %d, \"lost\": %d}%n"
                                : "Written: %,d versions. Not readable: %,d places, listed in "
                                        + list.getFileName()
                                        + ".%n",
                        result.versions(),
                        result.lost());
    }

    private BufferedWriter create(Path file) throws IOException {
        try {
            return Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), file + " is there already; name another file", e);
        }
    }
}

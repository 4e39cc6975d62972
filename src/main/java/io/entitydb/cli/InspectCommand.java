package io.entitydb.cli;

import io.entitydb.storage.repair.Inspection;
import io.entitydb.storage.repair.StorePlace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Shows what the bytes of a data file are. */
@Command(
        name = "inspect",
        description = {
            "Shows the header slots of a data file, what its space is used for, and some of its"
                    + " frames. Changes nothing and judges nothing: that is what 'verify' does. No"
                    + " content, no tag and no name of an entity is shown.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Shown.",
            "2:The command line makes no sense; nothing was done.",
            "3:The file cannot be opened: missing, in use, of another format, or not readable.",
            "4:A fault of the program, or too little memory."
        })
final class InspectCommand implements Callable<Integer> {

    private static final int MOST = 10_000;

    @Parameters(
            paramLabel = "PATH",
            description = "Data directory, a copy of entities.edb, or a full backup.")
    private Path path;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "How many frames are listed, 0 to 10,000; 20 if left out.")
    private int frames = 20;

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            description = "Position in the file from which frames are listed.")
    private long from;

    @Option(
            names = "--transaction",
            paramLabel = "N",
            description = "List frames of transactions from this one on.")
    private long transaction;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (frames < 0 || frames > MOST || from < 0 || transaction < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--frames is 0 to 10,000; --from and --transaction are not negative");
        }
        StorePlace place = StoreArgument.placeOf(path, spec);
        Inspection inspection =
                new Inspection(place, new Inspection.Wanted(from, transaction, frames));
        Inspection.Result result = output.withProgress(spec, inspection::run);
        PrintWriter out = spec.commandLine().getOut();
        InspectionOutput shown = new InspectionOutput(out);
        if (output.isJson()) {
            shown.json(result);
        } else {
            shown.text(result);
        }
        return ExitCode.SOUND;
    }
}

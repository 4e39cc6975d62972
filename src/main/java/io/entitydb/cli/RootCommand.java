package io.entitydb.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** What stands before the name of a command. */
@Command(
        name = "entitydb",
        description = {
            "A temporal entity store. Without a command, or with 'serve', the service starts.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VerifyCommand.class,
            InspectCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            RepairCommand.class,
            CompactCommand.class,
            RebuildIndexesCommand.class,
            SalvageCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            UserCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, and all is well.",
            "1:Done, and something is damaged or lost.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened: missing, in use, of another format, or not readable.",
            "4:A fault of the program, or too little memory."
        })
final class RootCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}

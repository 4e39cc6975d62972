package io.entitydb.cli;

import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.RepairPlan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes the data file of a sound store anew, without what nothing refers to. */
@Command(
        name = "compact",
        description = {
            "Makes the data file of a store anew, with the same history, and without the contents of"
                    + " failed uploads, what was erased, and older dictionaries. Refuses a damaged store."
                    + " Changes nothing without --yes. The old file is kept aside.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, or shown what would be done.",
            "1:The store is damaged; nothing was changed.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened: missing, in use, of another format, or not readable."
                    + " Nothing was changed.",
            "4:A fault of the program, or too little memory."
        })
final class CompactCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIRECTORY", description = "Data directory; no service has it open.")
    private Path directory;

    @Option(names = "--yes", description = "Do it; without this, the store is looked at only.")
    private boolean isConfirmed;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Repair compaction =
                new Repair(
                        StoreArgument.directoryOf(directory, spec).disk(),
                        List.of(),
                        new Repair.Options(StorageOptions.defaults().growthBytes(), "operator"));
        RepairOutput answer = new RepairOutput(spec.commandLine().getOut(), output.isJson());
        RepairPlan plan = output.withProgress(spec, compaction::plan);
        if (plan.isDamaged()) {
            answer.print(plan, "refused", "The store is damaged: repair it first.");
            return ExitCode.DAMAGED;
        }
        if (!isConfirmed) {
            answer.print(plan, "planned", "Nothing was changed. --yes does it.");
            return ExitCode.SOUND;
        }
        Repair.Result result =
                output.withProgress(spec, progress -> compaction.run(false, progress));
        answer.print(result, "compacted");
        return ExitCode.SOUND;
    }
}

package io.entitydb.cli;

import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.RepairPlan;
import io.entitydb.storage.repair.StoreCopy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes the data file of a damaged store anew. */
@Command(
        name = "repair",
        description = {
            "Makes the data file of a damaged store anew: keeps all that verifies, takes what is"
                    + " damaged from copies of the store, and proves the chain of digests. Shows the"
                    + " plan first and changes nothing without --yes. The old file is kept aside.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing is damaged, or all of it was repaired.",
            "1:The store is damaged still, or was repaired with losses.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened: missing, in use, of another format, or not readable; or a"
                    + " copy is none of this store. Nothing was changed.",
            "4:A fault of the program, or too little memory."
        })
final class RepairCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIRECTORY", description = "Data directory; no service has it open.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "COPY",
            description =
                    "A backup or copy of the store, a data directory or a file, to take from what is"
                            + " damaged. May be given several times; the first is preferred.")
    private List<Path> copies = List.of();

    @Option(
            names = "--accept-loss",
            description = "Give up what no file holds, and record that in the history.")
    private boolean isLossAccepted;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "operator",
            description = "Who accepts the loss; recorded with it. Default: ${DEFAULT-VALUE}")
    private String principal;

    @Option(names = "--yes", description = "Do it; without this, the plan is shown only.")
    private boolean isConfirmed;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Repair repair =
                new Repair(
                        StoreArgument.directoryOf(directory, spec).disk(),
                        copies.stream().map(this::copyOf).toList(),
                        new Repair.Options(StorageOptions.defaults().growthBytes(), principal));
        RepairOutput answer = new RepairOutput(spec.commandLine().getOut(), output.isJson());
        RepairPlan plan = output.withProgress(spec, repair::plan);
        if (!plan.isDamaged()) {
            answer.print(plan, "sound", "Nothing to repair.");
            return ExitCode.SOUND;
        }
        if (plan.hasLoss() && !isLossAccepted) {
            answer.print(
                    plan,
                    "refused",
                    "Nothing was changed. Give more copies with --from, or give up what is lost with"
                            + " --accept-loss.");
            return ExitCode.DAMAGED;
        }
        if (!isConfirmed) {
            answer.print(plan, "planned", "Nothing was changed. --yes does it.");
            return ExitCode.DAMAGED;
        }
        Repair.Result result =
                output.withProgress(spec, progress -> repair.run(isLossAccepted, progress));
        answer.print(result, "repaired");
        return result.plan().hasLoss() ? ExitCode.DAMAGED : ExitCode.SOUND;
    }

    private StoreCopy copyOf(Path path) {
        return new StoreCopy(path.toString(), StoreArgument.placeOf(path, spec));
    }
}

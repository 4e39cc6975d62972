package io.entitydb.cli;

import io.entitydb.backup.BackupVerification;
import io.entitydb.search.SearchVerification;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Checks a store, or a copy of its data file, without changing a byte. */
@Command(
        name = "verify",
        description = {
            "Checks a store that no service has open, a copy of its data file, or backups: every"
                    + " checksum, the chain of digests, counts, and the indexes against the log."
                    + " Changes nothing.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The store is sound.",
            "1:Something is damaged.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened: missing, in use, of another format, or not readable.",
            "4:A fault of the program, or too little memory."
        })
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATH",
            description =
                    "Data directory, a copy of entities.edb, a directory of backups, or one of them.")
    private Path path;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (BackupVerification.isFor(path)) {
            BackupVerification.Result result =
                    output.withProgress(spec, new BackupVerification(path)::run);
            new BackupChainOutput(out).print(result, path, output.isJson());
            return result.isDamaged() ? ExitCode.DAMAGED : ExitCode.SOUND;
        }
        VerificationReport report = output.withProgress(spec, verification()::run);
        if (output.isJson()) {
            out.println(VerificationJson.of(report));
        } else {
            new VerificationText(out).print(report, path);
        }
        return report.isDamaged() ? ExitCode.DAMAGED : ExitCode.SOUND;
    }

    private Verification verification() {
        StorePlace place = StoreArgument.placeOf(path, spec);
        return place.isStore()
                ? new Verification(
                        place, SearchVerification.of(StoreArgument.dataDirectoryOf(path)))
                : new Verification(place);
    }
}

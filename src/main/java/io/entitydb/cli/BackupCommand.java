package io.entitydb.cli;

import io.entitydb.backup.OfflineBackup;
import io.entitydb.entity.Backup;
import io.entitydb.entity.StoreBackups;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes a backup of a store that no service has open. */
@Command(
        name = "backup",
        description = {
            "Makes a backup of a store that no service has open, and verifies it. Continues the newest"
                    + " backup in the directory where that is possible. Changes nothing in the store. A"
                    + " service makes its backups itself: POST /api/v1/store/backups.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The backup is made and verified, or the newest one holds all already.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened, is damaged, or the backup cannot be written. Other"
                    + " backups are as they were.",
            "4:A fault of the program, or too little memory."
        })
final class BackupCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DATA",
            description = "Data directory; no service has it open.")
    private Path data;

    @Parameters(
            index = "1",
            paramLabel = "BACKUPS",
            description = "Directory for backups; made if it is missing.")
    private Path target;

    @Option(names = "--full", description = "Of all history, whatever backups there are.")
    private boolean isFull;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description =
                    "Delete older full backups, with their increments, but for N. Without it none is"
                            + " deleted.")
    private int keep = Integer.MAX_VALUE;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        StoreArgument.directoryOf(data, spec);
        if (keep < 1) {
            throw new ParameterException(spec.commandLine(), "--keep is 1 or more");
        }
        StoreBackups.Made made =
                output.withProgress(
                        spec, progress -> OfflineBackup.run(data, target, keep, isFull, progress));
        output.report(spec, document(made), out -> print(out, made));
        return ExitCode.SOUND;
    }

    private static void print(PrintWriter out, StoreBackups.Made made) {
        Backup backup = made.backup();
        out.printf(
                Locale.ROOT,
                "%s %s: %,d bytes, up to transaction %,d of %s%n",
                made.isNew() ? backup.type().label() : "nothing new since",
                backup.id(),
                backup.bytes(),
                backup.to().sequence(),
                backup.to().at());
        out.println("digest " + backup.to().digest());
        made.deleted().forEach(id -> out.println("deleted " + id));
    }

    private static Map<String, Object> document(StoreBackups.Made made) {
        Backup backup = made.backup();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", backup.id());
        document.put("type", backup.type().label());
        document.put("base", backup.base());
        document.put("new", made.isNew());
        document.put("bytes", backup.bytes());
        document.put("transaction", backup.to().sequence());
        document.put("instant", backup.to().at().toString());
        document.put("digest", backup.to().digest().toString());
        document.put("epoch", backup.epoch());
        document.put("deleted", made.deleted());
        return document;
    }
}

package io.entitydb.cli;

import io.entitydb.backup.Restore;
import io.entitydb.storage.repair.Restoration;
import io.entitydb.storage.repair.RestorePoint;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes a data directory from backups. */
@Command(
        name = "restore",
        description = {
            "Makes a data directory from backups, up to a point of the past, and verifies it before it"
                    + " gets its name. Never overwrites. What the ledger of erasures beside the backups"
                    + " names stays erased. Cursors of the feed of changes end with it.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The store is restored and verified.",
            "2:The command line makes no sense; nothing was done.",
            "3:A backup is missing or damaged, does not hold the point, or the target is not empty or"
                    + " cannot be written. No store was made.",
            "4:A fault of the program, or too little memory."
        })
final class RestoreCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "BACKUP",
            description =
                    "Directory of backups, or one backup: a full one, or an increment beside those"
                            + " that it continues.")
    private Path source;

    @Parameters(
            index = "1",
            paramLabel = "DIRECTORY",
            description = "The data directory to make; empty, or not there yet.")
    private Path target;

    @Option(
            names = "--at",
            paramLabel = "POINT",
            description =
                    "The last moment to restore: an RFC 3339 date-time, or tx:N. Without it, all that"
                            + " there is.")
    private @Nullable String at;

    @Option(
            names = "--ledger",
            paramLabel = "DIRECTORY",
            description =
                    "A directory with a later erasures.ledger than the one beside the backups, such"
                            + " as the data directory that is lost otherwise.")
    private @Nullable Path ledger;

    @Option(
            names = "--without-ledger",
            description = "Restore although no ledger is found: what was erased may come back.")
    private boolean isWithoutLedger;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (ledger != null && !Files.isRegularFile(ledger.resolve("erasures.ledger"))) {
            throw new ParameterException(spec.commandLine(), "no erasures.ledger in " + ledger);
        }
        RestorePoint until = point();
        Restore restore = new Restore(source, target, new Restore.Options(ledger, isWithoutLedger));
        Restore.Result result = output.withProgress(spec, progress -> restore.run(until, progress));
        output.report(spec, document(result), out -> print(out, result));
        return ExitCode.SOUND;
    }

    private RestorePoint point() {
        if (at == null) {
            return new RestorePoint.Newest();
        }
        try {
            return switch (AsOf.parse(at)) {
                case AsOf.AtInstant(Timestamp instant) -> new RestorePoint.Instant(instant);
                case AsOf.AtTransaction(long sequence) -> new RestorePoint.Transaction(sequence);
                case AsOf.AtVersion _ -> throw noPoint(at);
            };
        } catch (IllegalArgumentException e) {
            throw noPoint(at);
        }
    }

    private ParameterException noPoint(String text) {
        return new ParameterException(
                spec.commandLine(),
                text + " is neither an RFC 3339 date-time, as 2026-11-30T12:00:00Z, nor tx:N");
    }

    private void print(PrintWriter out, Restore.Result result) {
        Restoration.Result store = result.restoration();
        out.printf(
                Locale.ROOT,
                "restored %s: %,d bytes, %,d living entities, up to transaction %,d of %s%n",
                target,
                store.bytes(),
                store.entities(),
                store.sequence(),
                new Timestamp(store.commitTime()));
        out.println("digest " + store.digest() + ", epoch " + store.epoch());
        out.println("from " + String.join(", ", result.backups()));
        if (result.erasures() > 0) {
            out.printf(Locale.ROOT, "erasures of the ledger: %,d%n", result.erasures());
        }
        if (store.missing() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d versions had been retired before the backup was made%n",
                    store.missing());
        }
    }

    private static Map<String, Object> document(Restore.Result result) {
        Restoration.Result store = result.restoration();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("transaction", store.sequence());
        document.put("instant", new Timestamp(store.commitTime()).toString());
        document.put("digest", store.digest().toString());
        document.put("epoch", store.epoch());
        document.put("bytes", store.bytes());
        document.put("livingEntities", store.entities());
        document.put("retiredVersions", store.missing());
        document.put("erasures", result.erasures());
        document.put("backups", result.backups());
        return document;
    }
}

package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.Progress;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks backups from the first byte to the last, chain by chain. Changes nothing. */
public final class BackupVerification {

    private final Path path;

    /** A check of a directory of backups, or of one increment with what it continues. */
    public BackupVerification(Path path) {
        this.path = path;
    }

    /**
     * What was found.
     *
     * @param chains each with its report
     * @param problems backups that are part of none, and why
     */
    public record Result(List<Checked> chains, List<String> problems) {

        /** Copies the lists. */
        public Result {
            chains = List.copyOf(chains);
            problems = List.copyOf(problems);
        }

        /** Whether anything is not as it should be. */
        public boolean isDamaged() {
            return !problems.isEmpty()
                    || chains.stream().anyMatch(chain -> chain.report().isDamaged());
        }
    }

    /**
     * A chain that was checked.
     *
     * @param backups ids, the full backup first
     */
    public record Checked(List<String> backups, VerificationReport report) {

        /** Copies the list. */
        public Checked {
            backups = List.copyOf(backups);
        }
    }

    /** Whether a path names backups that cannot be checked as a data file can. */
    public static boolean isFor(Path path) {
        if (Files.isDirectory(path)) {
            return !Files.exists(path.resolve("entities.edb"))
                    && new BackupDirectory(new OsDisk(path)).hasBackups();
        }
        BackupName name = nameOf(path);
        return name != null && name.type() == Backup.Type.INCREMENTAL;
    }

    private static @Nullable BackupName nameOf(Path path) {
        Path file = path.getFileName();
        return file == null ? null : BackupName.parse(file.toString());
    }

    /** Runs the check. */
    public Result run(Progress progress) {
        boolean isAll = Files.isDirectory(path);
        OsDisk disk = new OsDisk(isAll ? path : Restore.parentOf(path));
        Listing listing = new BackupDirectory(disk).list();
        List<Checked> checked = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (isAll) {
            listing.chains().forEach(chain -> checked.add(check(disk, chain, progress)));
            problems.addAll(listing.problems());
        } else {
            BackupName name = nameOf(path);
            Chain chain = name == null ? null : listing.chainTo(name);
            if (chain == null) {
                problems.add(name == null ? "no backup" : listing.problemOf(name));
            } else {
                checked.add(check(disk, chain, progress));
            }
        }
        return new Result(checked, problems);
    }

    private static Checked check(OsDisk disk, Chain chain, Progress progress) {
        StorePlace place = BackupDirectory.placeOf(disk, chain);
        return new Checked(
                chain.parts().stream().map(part -> part.name().id()).toList(),
                new Verification(place).run(progress));
    }
}

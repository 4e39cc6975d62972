package io.entitydb.storage.repair;

import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.recovery.Replacement;
import io.entitydb.storage.recovery.StoreFiles;

import java.util.List;
import java.util.UUID;

/**
 * Makes the data file of a closed store anew: all that verifies, what is damaged from copies of the
 * store, and a record of what is lost. Where nothing is damaged this is compaction.
 *
 * <p>The new file is complete, forced and read back before it takes the place of the old one, which
 * is kept aside. If anything fails before, nothing is changed.
 */
public final class Repair {

    private static final String ACTIVITY = "history";

    private final Disk disk;
    private final List<StoreCopy> copies;
    private final Options options;

    /**
     * How a repair is done.
     *
     * @param growthBytes how far the new file is extended at a time; a multiple of 4,096
     * @param principal who accepts losses
     */
    public record Options(long growthBytes, String principal) {}

    /**
     * A repair of a directory.
     *
     * @param copies files of the same store, the preferred ones first
     */
    public Repair(Disk disk, List<StoreCopy> copies, Options options) {
        this.disk = disk;
        this.copies = List.copyOf(copies);
        this.options = options;
    }

    /**
     * What was done.
     *
     * @param plan what was kept and lost
     * @param aside the name under which the old file is kept
     * @param oldBytes its size
     * @param newBytes bytes of the new file that are in use
     * @param isIndexWritten whether the entity index was written; else the next opening builds it
     */
    public record Result(
            RepairPlan plan, String aside, long oldBytes, long newBytes, boolean isIndexWritten) {}

    /**
     * What {@link #run} would do. Changes nothing.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if the store is open
     * @throws RecoveryFailedException if a copy is none of this store, or holds another history
     */
    public RepairPlan plan(Progress progress) {
        try (Held _ = hold();
                Sources sources = Sources.open(disk, copies)) {
            History history = history(sources);
            Survey survey = new Survey();
            drain(history, sources, progress, survey::add);
            return survey.plan(sources.primary(), history.damage());
        }
    }

    /**
     * Makes the new file and puts it in the place of the old one.
     *
     * @param isLossAccepted whether what no file holds may be given up
     * @throws io.entitydb.storage.error.StorageLockedException if the store is open
     * @throws RecoveryFailedException if something is lost and that is not accepted, or a copy is
     *     none of this store; nothing is changed then
     */
    public Result run(boolean isLossAccepted, Progress progress) {
        try (Held _ = hold();
                Sources sources = Sources.open(disk, copies)) {
            return rewrite(sources, isLossAccepted, progress);
        }
    }

    private Result rewrite(Sources sources, boolean isLossAccepted, Progress progress) {
        Origin origin = sources.primary().origin();
        FileIdentity identity =
                new FileIdentity(
                        origin.storeIdOrNew(),
                        sources.primary().createdAt(),
                        UUID.randomUUID(),
                        UUID.randomUUID());
        History history = history(sources);
        Survey survey = new Survey();
        Rewriter rewriter;
        long newBytes;
        try {
            try (NewFile file = new NewFile(disk, identity, options.growthBytes())) {
                rewriter = new Rewriter(file, identity);
                rewriter.begin(sources.all());
                drain(
                        history,
                        sources,
                        progress,
                        step -> {
                            survey.add(step);
                            rewriter.add(step);
                        });
                RepairPlan plan = survey.plan(sources.primary(), history.damage());
                requireAccepted(plan, isLossAccepted);
                boolean isNewEpoch = isNewEpoch(origin, plan, history);
                file.complete(
                        rewriter.header()
                                .isInterval(false)
                                .epoch(isNewEpoch ? origin.epoch() + 1 : origin.epoch()));
                file.verify();
                newBytes = file.tail().position();
            }
        } catch (RuntimeException | Error e) {
            deleteAfter(e);
            throw e;
        }
        String aside = replace();
        return new Result(
                survey.plan(sources.primary(), history.damage()),
                aside,
                sources.primary().limit(),
                newBytes,
                rewriter.writeImage(disk, identity));
    }

    private History history(Sources sources) {
        return new History(sources, new LossRecord(0, disk.now(), options.principal()));
    }

    /** Takes a step of the history. */
    private interface Consumer {
        void take(Step step);
    }

    private static void drain(
            History history, Sources sources, Progress progress, Consumer consumer) {
        Step step = history.next();
        while (step != null) {
            consumer.take(step);
            progress.at(ACTIVITY, history.position(), sources.primary().limit());
            step = history.next();
        }
    }

    private static void requireAccepted(RepairPlan plan, boolean isLossAccepted) {
        if (plan.hasLoss() && !isLossAccepted) {
            throw new RecoveryFailedException(
                    "no file holds "
                            + plan.lost().stream()
                                    .mapToLong(range -> range.last() - range.first() + 1)
                                    .sum()
                            + " transactions and "
                            + plan.ruinedVersions()
                            + " versions, and their loss was not accepted");
        }
    }

    /** Cursors of before must not go on where history may differ from what they have seen. */
    private static boolean isNewEpoch(Origin origin, RepairPlan plan, History history) {
        return plan.hasLoss() || origin.isInterval() || history.hasRecoveredLoss();
    }

    private String replace() {
        try {
            return new Replacement(disk).run();
        } catch (StorageException e) {
            if (disk.list().contains(StoreFiles.DATA)) {
                deleteAfter(e);
            }
            throw e;
        }
    }

    private void deleteAfter(Throwable failure) {
        try {
            disk.delete(StoreFiles.CREATING);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    private Held hold() {
        if (!disk.list().contains(StoreFiles.DATA)) {
            throw new RecoveryFailedException("no " + StoreFiles.DATA + " in " + disk.name());
        }
        return Held.of(disk);
    }
}

package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import lombok.RequiredArgsConstructor;

import java.util.List;
import java.util.UUID;

/**
 * Makes a data directory from a file that holds the history of a store, up to a point of it: the
 * same transactions with the same digests, in a file of its own and in an epoch of its own. What
 * the ledger in the directory says is erased is not taken over.
 *
 * <p>The new file gets its name when it is complete, forced, and verified from the first byte to
 * the last. As the ledger is in the directory before, a service refuses a directory in which that
 * was cut short.
 */
@RequiredArgsConstructor
public final class Restoration {

    private final StorePlace source;
    private final Disk target;
    private final Options options;

    /**
     * How a restore is done.
     *
     * @param growthBytes how far the new file is extended at a time; a multiple of 4,096
     * @param epoch of the restored history; above that of every history that clients may have seen
     */
    public record Options(long growthBytes, long epoch) {}

    /**
     * What was restored.
     *
     * @param sequence the last transaction
     * @param commitTime when it was committed, in nanoseconds since 1970
     * @param digest of all history up to it
     * @param bytes of the new file that are in use
     * @param entities living entities
     * @param missing versions up to there of which the source held the digests only, because they
     *     had been retired
     * @param epoch of the restored history
     */
    public record Result(
            long sequence,
            long commitTime,
            Digest digest,
            long bytes,
            long entities,
            long missing,
            long epoch) {}

    /**
     * Restores. The target is locked meanwhile.
     *
     * @throws BackupException if the source does not hold the point; nothing is left in the target
     *     but its lock and its ledger then
     * @throws CorruptDataException if the source does not verify up to the point
     */
    public Result run(RestorePoint until, Progress progress) {
        try (DiskLock _ = target.lock(StoreFiles.LOCK)) {
            if (target.list().contains(StoreFiles.DATA)) {
                throw new BackupException(
                        BackupException.Kind.RESTORE_REFUSED, "there is a store already");
            }
            try {
                return restore(until, progress);
            } catch (RuntimeException | Error e) {
                deleteAfter(e);
                throw e;
            }
        }
    }

    private Result restore(RestorePoint until, Progress progress) {
        Header header = headerOf(source);
        if (!until.isReachedBy(header)) {
            throw new BackupException(
                    BackupException.Kind.RESTORE_REFUSED,
                    "%s is behind the last transaction of the backup, %d of %s"
                            .formatted(
                                    until,
                                    header.walSequence(),
                                    new Timestamp(header.lastModified())));
        }
        FileIdentity identity =
                new FileIdentity(
                        header.identity().storeId(),
                        header.identity().createdAt(),
                        UUID.randomUUID(),
                        UUID.randomUUID());
        try (SourceFile file = SourceFile.open(source.disk(), source.file(), header);
                NewFile made = new NewFile(target, identity, options.growthBytes())) {
            Rewriter rewriter = new Rewriter(made, identity);
            rewriter.begin(List.of(file));
            Pieces pieces = new Pieces(file, List.of(), new DamageLog(), Erasures.of(target));
            HistoryCopy copy = new HistoryCopy(file, pieces, rewriter, Retiring.NONE);
            copy(copy, header, until, progress);
            Header written =
                    made.complete(rewriter.header().isInterval(false).epoch(options.epoch()));
            verify(copy.border(), progress);
            target.rename(StoreFiles.CREATING, StoreFiles.DATA);
            target.forceDirectory();
            rewriter.writeImage(target, identity);
            return new Result(
                    written.walSequence(),
                    written.lastModified(),
                    written.lastDigest(),
                    written.dataEnd(),
                    written.entityCount(),
                    copy.missing(),
                    written.epoch());
        }
    }

    private static Header headerOf(StorePlace place) {
        try (DiskFile file = place.disk().open(place.file(), Disk.Access.READ)) {
            return HeaderSlots.read(file).newest();
        }
    }

    private static void copy(
            HistoryCopy copy, Header header, RestorePoint until, Progress progress) {
        while (copy.border().position() < header.dataEnd()) {
            Frame next = copy.read();
            if (next.header().movesSequence() && until.isBefore(next.header())) {
                break;
            }
            copy.add(next);
            progress.at("restoring", copy.border().position(), header.dataEnd());
        }
        until.require(copy.border());
    }

    /** As a command would check it, before it counts. */
    private void verify(FrameChain copied, Progress progress) {
        VerificationReport report =
                new Verification(new StorePlace(target, StoreFiles.CREATING)).run(progress);
        if (report.isDamaged()
                || report.figures().lastSequence() != copied.sequence()
                || !report.figures().lastDigest().equals(copied.digest())) {
            throw new CorruptDataException(
                    StoreFiles.CREATING,
                    0,
                    "the device does not give back what it was given: " + report.findings());
        }
    }

    private void deleteAfter(Throwable failure) {
        try {
            target.delete(StoreFiles.CREATING);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }
}

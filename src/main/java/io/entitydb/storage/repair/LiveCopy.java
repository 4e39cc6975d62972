package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A copy of the data file of an open store, made while the store goes on, as a {@link Repair} makes
 * one of a closed store: the same transactions with the same digests, without what erasures, failed
 * uploads and older dictionaries left behind, and without the versions that are to be retired. Of
 * these a stub keeps the digest. Reads only what is durable. Serves one thread.
 *
 * <p>A store with damage is not copied: nothing here takes the place of what cannot be read.
 */
public final class LiveCopy implements AutoCloseable {

    private final Disk disk;
    private final Terms terms;
    private final Header origin;
    private final FileIdentity identity;
    private final SourceFile source;
    private final NewFile file;
    private final Rewriter rewriter;
    private final HistoryCopy copy;
    private boolean isReplaced;

    /**
     * How a copy is made.
     *
     * @param growthBytes how far the new file is extended at a time; a multiple of 4,096
     * @param retiring which versions are left out
     * @param barrier returns when no record is half overwritten that was when it was called
     */
    public record Terms(long growthBytes, Retiring retiring, Runnable barrier) {}

    /**
     * Begins a copy.
     *
     * @param origin a header of the file
     */
    public LiveCopy(Disk disk, Header origin, Terms terms) {
        this.disk = disk;
        this.origin = origin;
        this.terms = terms;
        identity =
                new FileIdentity(
                        origin.identity().storeId(),
                        origin.identity().createdAt(),
                        UUID.randomUUID(),
                        UUID.randomUUID());
        source = SourceFile.open(disk, origin);
        NewFile made = null;
        try {
            Pieces pieces = new Pieces(source, List.of(), new DamageLog(), Erasures.of(disk));
            made = new NewFile(disk, identity, terms.growthBytes());
            rewriter = new Rewriter(made, identity);
            rewriter.begin(List.of(source));
            copy = new HistoryCopy(source, pieces, rewriter, terms.retiring());
        } catch (RuntimeException | Error e) {
            close(made);
            throw e;
        }
        file = made;
    }

    /**
     * Copies on.
     *
     * @param durable up to where; everything before it is forced
     * @param progress is told now and then how far it is; may throw to end the copy
     * @throws CorruptDataException if something does not verify
     */
    public void copyTo(FrameChain durable, Progress progress) {
        source.extendTo(durable.position());
        while (copy.border().position() < durable.position()) {
            copyFrame();
            progress.at("compaction", copy.border().position(), durable.position());
        }
    }

    /** Where the copy is, in the old file. */
    public long position() {
        return copy.border().position();
    }

    /** Versions that were left out. */
    public long retired() {
        return copy.retired();
    }

    /** Bytes of the new file that are in use. */
    public long newBytes() {
        return file.tail().position();
    }

    /** An erasure may be overwriting what is read: once more then. */
    private void copyFrame() {
        try {
            copy.add(copy.read());
        } catch (StorageException e) {
            terms.barrier().run();
            copy.add(copy.read());
        }
    }

    /** Reads back what was written since the last time, as an opening would. */
    public void verify() {
        file.verify();
    }

    /** Makes the new file a store of its own, durable and read back, under its temporary name. */
    public void complete() {
        file.complete(rewriter.header().isInterval(false).epoch(origin.epoch()));
        file.verify();
    }

    /** Puts the new file in the place of the old one, which goes away when nobody reads it. */
    public void replace() {
        disk.rename(StoreFiles.CREATING, StoreFiles.DATA);
        isReplaced = true;
        disk.forceDirectory();
        rewriter.writeImage(disk, identity);
    }

    /** Closes both files; unless it has replaced the old one, the new one is deleted. */
    @Override
    public void close() {
        close(file);
    }

    private void close(@Nullable NewFile made) {
        source.close();
        if (made != null) {
            made.close();
        }
        if (!isReplaced) {
            try {
                disk.delete(StoreFiles.CREATING);
            } catch (StorageException e) {
                // The next opening deletes it.
            }
        }
    }
}

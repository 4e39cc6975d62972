package io.entitydb.storage;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.LogPrefix;

import java.time.Duration;

/** Cuts off the log of an open store where it is durable, so that it can be copied. */
final class Prefixes {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Prefixes() {}

    /**
     * All that is visible now, made durable and told by the header.
     *
     * @throws CorruptDataException if the log ends in damage
     * @throws StorageReadOnlyException if a write or force failed
     */
    static LogPrefix of(OpenStore store) {
        if (store.afterGap() != null) {
            throw new CorruptDataException(
                    StoreFiles.DATA,
                    store.published().border().position(),
                    "the log is damaged from here on: repair the store first");
        }
        // Opened before the writer is asked: if that answers, this is its file.
        DiskFile file = store.settings().disk().open(StoreFiles.DATA, Disk.Access.READ);
        try {
            return store.isReadOnly()
                    ? new LogPrefix(file, replayed(store), () -> {})
                    : new LogPrefix(
                            file,
                            published(store),
                            () -> store.writer().call(() -> true, PATIENCE));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static Header published(OpenStore store) {
        return store.writer()
                .call(
                        () -> {
                            store.writer().publishIfBehind();
                            return store.parts().headerSync().current();
                        },
                        PATIENCE);
    }

    /** What a header would say of a log that was replayed, and is not written to. */
    private static Header replayed(OpenStore store) {
        if (store.isUnsettled()) {
            throw new StorageReadOnlyException(store.state().label());
        }
        FrameChain tail = store.published().durable();
        Header header = store.parts().headerSync().current();
        return header.toBuilder()
                .fileSize(Math.max(header.fileSize(), tail.position()))
                .dataSize(tail.position() - Header.DATA_OFFSET)
                .walSequence(tail.sequence())
                .lastModified(tail.commitTime())
                .lastDigest(tail.digest())
                .entityCount(store.parts().headerSync().entityCount())
                .build();
    }
}

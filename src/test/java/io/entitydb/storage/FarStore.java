package io.entitydb.storage;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.ReplayPoint;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.StoreFiles;

import java.util.Objects;
import java.util.UUID;

/**
 * Makes a store whose log begins far behind the start of its file, so that a test reaches large
 * positions without writing what lies before them: a checkpoint covers it, and the file has a hole
 * there. Such a store opens as any other.
 */
final class FarStore {

    private static final long GROWTH_BYTES = 64 << 10;

    private FarStore() {}

    /**
     * Makes one in an empty directory.
     *
     * @param position of its first frame; a multiple of 4,096
     */
    static void create(Disk disk, long position) {
        FileIdentity identity =
                new FileIdentity(
                        UUID.randomUUID(), disk.now(), UUID.randomUUID(), UUID.randomUUID());
        FrameChain start = new FrameChain(position, 0, 0, 0, identity.createdAt(), Digest.ZERO);
        disk.createDirectory();
        FrameChain border;
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.CREATE)) {
            Wal wal = new Wal(file, start, position);
            wal.claim(position + GROWTH_BYTES);
            wal.allocated(position + GROWTH_BYTES);
            FrameAppender appender = new FrameAppender(identity, new TagDictionary(), 4096, start);
            appender.begin(start, 0, 1);
            appender.appendDictionary();
            wal.append(appender.bytes(), appender.chain());
            border = appender.chain();
            Header header =
                    header(identity, wal, Objects.requireNonNull(appender.dictionaryFrame()));
            HeaderSlots.write(file, header);
            HeaderSlots.write(file, header.withGeneration(2));
            file.force();
        }
        new ImageWriter(disk)
                .write(
                        new EntityIndex(),
                        identity.fileId(),
                        new ReplayPoint(border, 0),
                        () -> new CoveredTransaction(0, Digest.ZERO));
        disk.forceDirectory();
    }

    private static Header header(FileIdentity identity, Wal wal, FrameHeader dictionary) {
        return Header.builder()
                .generation(1)
                .identity(identity)
                .epoch(1)
                .fileSize(wal.allocatedBytes())
                .dataSize(wal.tail().position() - Header.DATA_OFFSET)
                .walOffset(wal.tail().position())
                .walSequence(0)
                .checkpointSequence(0)
                .tagDictOffset(dictionary.position())
                .tagDictSize(dictionary.length())
                .entityCount(0)
                .lastModified(identity.createdAt())
                .lastDigest(Digest.ZERO)
                .build();
    }
}

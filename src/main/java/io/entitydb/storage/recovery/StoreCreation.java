package io.entitydb.storage.recovery;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.Wal;

import lombok.RequiredArgsConstructor;

import java.util.Objects;
import java.util.UUID;

/**
 * Makes an empty store: two valid header slots and one empty dictionary. The file gets its name
 * only when all of it is durable, so a half-made one is never taken for a store.
 */
@RequiredArgsConstructor
public final class StoreCreation {

    private final Disk disk;
    private final long growthBytes;

    void run() {
        disk.delete(StoreFiles.CREATING);
        FileIdentity identity =
                new FileIdentity(
                        UUID.randomUUID(), disk.now(), UUID.randomUUID(), UUID.randomUUID());
        try (DiskFile file = disk.open(StoreFiles.CREATING, Disk.Access.CREATE)) {
            FrameChain start = emptyChain(identity);
            Wal wal = new Wal(file, start, Header.DATA_OFFSET);
            wal.claim(Header.DATA_OFFSET + growthBytes);
            wal.allocated(Header.DATA_OFFSET + growthBytes);
            FrameAppender appender = new FrameAppender(identity, new TagDictionary(), 4096, start);
            appender.begin(start, 0, 1);
            appender.appendDictionary();
            FrameHeader dictionary = Objects.requireNonNull(appender.dictionaryFrame());
            wal.append(appender.bytes(), appender.chain());
            Header first = firstHeader(identity, wal, dictionary);
            HeaderSlots.write(file, first);
            HeaderSlots.write(file, first.withGeneration(2));
            file.force();
        }
        disk.rename(StoreFiles.CREATING, StoreFiles.DATA);
        disk.forceDirectory();
    }

    /** What the first frame of a file continues. */
    public static FrameChain emptyChain(FileIdentity identity) {
        return new FrameChain(Header.DATA_OFFSET, 0, 0, 0, identity.createdAt(), Digest.ZERO);
    }

    private static Header firstHeader(FileIdentity identity, Wal wal, FrameHeader dictionary) {
        return Header.builder()
                .generation(1)
                .identity(identity)
                .epoch(1)
                .fileSize(wal.allocatedBytes())
                .dataSize(wal.tail().position() - Header.DATA_OFFSET)
                .walOffset(Header.DATA_OFFSET)
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

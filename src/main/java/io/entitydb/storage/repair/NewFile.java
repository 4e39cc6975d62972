package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.StoreCreation;
import io.entitydb.storage.recovery.StoreFiles;

import java.nio.ByteBuffer;

/**
 * A data file that is being made: frames are collected and written in large pieces, and can be read
 * back at once. Nothing of it counts until it is {@link #complete}. Serves one thread.
 */
final class NewFile implements AutoCloseable {

    private static final int BATCH_BYTES = 4 << 20;

    /** Both slots are written: generations 1 and 2. */
    private static final long NEWEST_GENERATION = 2;

    private final FileIdentity identity;
    private final long growthBytes;
    private final DiskFile file;
    private final TagDictionary dictionary = new TagDictionary();
    private final FrameAppender appender;
    private final Reader reader;
    private FrameChain flushed;

    /** What was read back so far. */
    private FrameChain verified;

    private long allocatedBytes = Header.DATA_OFFSET;

    /**
     * An empty file.
     *
     * @param growthBytes how far it is extended at a time
     */
    NewFile(Disk disk, FileIdentity identity, long growthBytes) {
        this.identity = identity;
        this.growthBytes = growthBytes;
        disk.delete(StoreFiles.CREATING);
        file = disk.open(StoreFiles.CREATING, Disk.Access.CREATE);
        flushed = StoreCreation.emptyChain(identity);
        verified = flushed;
        appender = new FrameAppender(identity, dictionary, BATCH_BYTES, flushed);
        reader = new Reader(file, identity, dictionary, 0);
        begin();
    }

    /**
     * The file gets its name only when all of it is durable, so what was written counts as that.
     */
    private void begin() {
        appender.begin(flushed, flushed.frameNumber(), 1);
    }

    /** Takes frames; {@link #require} makes room for them. */
    FrameAppender appender() {
        return appender;
    }

    /** Makes room for frames. */
    void require(long bytes) {
        if (!appender.fits(bytes)) {
            flush();
            appender.fits(bytes);
        }
    }

    /** Border after the last frame. */
    FrameChain tail() {
        return appender.chain();
    }

    /** Reads what {@link #readVersion} has made readable. */
    Reader reader() {
        return reader;
    }

    /** A version that was written, or is about to be. */
    VersionRecord readVersion(long position) {
        if (position >= flushed.position()) {
            flush();
        }
        return reader.readVersion(position);
    }

    /** Makes all frames readable. */
    void flush() {
        if (appender.isEmpty()) {
            return;
        }
        extend(appender.chain().position());
        file.write(appender.bytes(), flushed.position());
        flushed = appender.chain();
        begin();
    }

    /** A byte at the far end makes room; what lies before reads as zeros until it is written. */
    private void extend(long end) {
        if (end <= allocatedBytes) {
            return;
        }
        long steps = Math.ceilDiv(end - Header.DATA_OFFSET, growthBytes);
        allocatedBytes = Header.DATA_OFFSET + steps * growthBytes;
        file.write(ByteBuffer.allocate(Long.BYTES), allocatedBytes - Long.BYTES);
        file.map(allocatedBytes);
        reader.readable(allocatedBytes);
    }

    /**
     * Claims the rest of the space, forces all and writes both header slots: from here on the file
     * is a store.
     *
     * @param draft its header, but for what only the file itself can tell
     * @return the header
     */
    Header complete(Header.HeaderBuilder draft) {
        flush();
        Wal.zero(file, flushed.position(), allocatedBytes);
        Header header =
                draft.generation(NEWEST_GENERATION)
                        .identity(identity)
                        .fileSize(allocatedBytes)
                        .dataSize(flushed.position() - Header.DATA_OFFSET)
                        .walOffset(Header.DATA_OFFSET)
                        .walSequence(flushed.sequence())
                        .lastModified(flushed.commitTime())
                        .lastDigest(flushed.digest())
                        .build();
        file.force();
        HeaderSlots.write(file, header);
        HeaderSlots.write(file, header.withGeneration(NEWEST_GENERATION - 1));
        file.force();
        return header;
    }

    /**
     * Reads back, as an opening would, what was written since the last time: every checksum, and
     * the chain.
     *
     * @throws CorruptDataException if the device does not give back what it was given
     */
    void verify() {
        flush();
        FrameReader frames = new FrameReader(file, identity);
        while (verified.position() < flushed.position()) {
            switch (frames.read(verified.position(), flushed.position())) {
                case FrameRead.Broken broken -> throw unreadable(broken.reason());
                case FrameRead.Intact(Frame frame) -> {
                    String problem = verified.problemOf(frame);
                    if (problem != null) {
                        throw unreadable(problem);
                    }
                    verified = verified.after(frame.header(), frame.crc());
                }
            }
        }
        if (!verified.equals(flushed)) {
            throw unreadable("it ends elsewhere than it was written to");
        }
    }

    private CorruptDataException unreadable(String reason) {
        return new CorruptDataException(StoreFiles.CREATING, verified.position(), reason);
    }

    @Override
    public void close() {
        file.close();
    }
}

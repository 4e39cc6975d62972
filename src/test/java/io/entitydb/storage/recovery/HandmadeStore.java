package io.entitydb.storage.recovery;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.ReplayPoint;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.WrittenLog;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A store whose frames a test writes itself, one after the other or where it wants. */
final class HandmadeStore {

    static final EntityKey KEY = new EntityKey("default", "a");
    static final EntityKey OTHER = new EntityKey("default", "b");

    private static final int ALLOCATED = 2 << 20;

    /** As the store is opened for writing, with every commit forced. */
    static final RecoveryOptions OPTIONS = new RecoveryOptions(false, ALLOCATED, false);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DiskFile file;
    private final TagDictionary dictionary = new TagDictionary();
    private final FrameAppender appender;
    private Header header;
    private @Nullable FrameHeader words;
    private long entities;
    private long lastTime;

    HandmadeStore() {
        new StoreCreation(disk, ALLOCATED).run();
        file = disk.open(StoreFiles.DATA, Disk.Access.WRITE);
        file.map(file.size());
        header = HeaderSlots.read(file).newest();
        lastTime = header.lastModified();
        FrameChain border = StoreCreation.emptyChain(header.identity());
        FrameRead first = frames().read(Header.DATA_OFFSET, file.size());
        Frame words = ((FrameRead.Intact) first).frame();
        border = border.after(words.header(), words.crc());
        appender = new FrameAppender(header.identity(), dictionary, ALLOCATED, border);
        continueAt(border);
    }

    SimulatedDisk disk() {
        return disk;
    }

    DiskFile file() {
        return file;
    }

    Header header() {
        return header;
    }

    FrameAppender appender() {
        return appender;
    }

    /** Where the next frame stands. */
    FrameChain border() {
        return appender.chain();
    }

    FrameReader frames() {
        return new FrameReader(file, header.identity());
    }

    Reader reader() {
        return new Reader(file, new Checksum(header.identity()), dictionary, file.size());
    }

    /** Frames that follow are built from a border on; what was built before must be written. */
    void continueAt(FrameChain border) {
        appender.begin(border, 0, header.generation());
    }

    /** Lets the next frame continue another one than the last, which is written. */
    void breakChain() {
        write();
        FrameChain end = appender.chain();
        continueAt(
                new FrameChain(
                        end.position(),
                        end.frameNumber(),
                        end.crc() ^ 1,
                        end.sequence(),
                        end.commitTime(),
                        end.digest()));
    }

    /** Adds the next transaction, of one version; where its record stands. */
    long add(EntityKey key, long number, long previous) {
        long sequence = appender.chain().sequence() + 1;
        lastTime++;
        entities += number == 1 ? 1 : 0;
        return appender.append(
                        List.of(WrittenLog.draft(key, number, previous)),
                        new Commitment(sequence, lastTime))[0];
    }

    /** A time behind that of all transactions so far. */
    long nextTime() {
        lastTime++;
        return lastTime;
    }

    /** Writes the frames that were built. */
    void write() {
        ByteBuffer built = appender.bytes();
        words = appender.dictionaryFrame() == null ? words : appender.dictionaryFrame();
        long end = appender.chain().position();
        file.write(built, end - built.remaining());
        continueAt(appender.chain());
    }

    /** Writes the frames, and a header that knows them. */
    void publish() {
        publish(next -> next);
    }

    /** The same, with a header that a test changes. */
    void publish(UnaryOperator<Header> change) {
        write();
        FrameChain end = appender.chain();
        FrameHeader newest = words;
        Header next =
                header.toBuilder()
                        .generation(header.generation() + 1)
                        .dataSize(end.position() - Header.DATA_OFFSET)
                        .walSequence(end.sequence())
                        .lastModified(end.commitTime())
                        .lastDigest(end.digest())
                        .tagDictOffset(newest == null ? header.tagDictOffset() : newest.position())
                        .tagDictSize(newest == null ? header.tagDictSize() : newest.length())
                        .entityCount(entities)
                        .build();
        header = change.apply(next);
        HeaderSlots.write(file, header);
    }

    /** The newest dictionary frame that was written. */
    FrameHeader words() {
        return Objects.requireNonNull(words);
    }

    /** Writes an image of an index, in the place of a checkpoint's. */
    void image(EntityIndex index, FrameChain border, long entityCount, CoveredTransaction covered) {
        new ImageWriter(disk)
                .write(
                        index,
                        header.identity().fileId(),
                        new ReplayPoint(border, entityCount),
                        () -> covered);
    }

    /** Turns a bit. */
    void flip(long position) {
        byte[] one = new byte[1];
        file.read(position, one, 0, 1);
        one[0] ^= 1;
        file.write(ByteBuffer.wrap(one), position);
    }

    RecoveredStore open() {
        return openFrom(disk);
    }

    RecoveredStore openReadOnly() {
        return new Recovery(disk, new RecoveryOptions(true, ALLOCATED, false))
                .run((done, total) -> {});
    }

    /** Opens it through another view of its disk. */
    RecoveredStore openFrom(Disk view) {
        return new Recovery(view, OPTIONS).run((done, total) -> {});
    }
}

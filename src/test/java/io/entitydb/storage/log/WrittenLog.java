package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A log in memory, as the appender writes it, for a test to damage and to read. */
public final class WrittenLog {

    static final EntityKey KEY = RecordScene.KEY;
    static final EntityKey OTHER = new EntityKey("default", "b");

    private static final int ROOM = 8 << 20;

    private final long start;
    private final TagDictionary dictionary = new TagDictionary();
    private final FrameAppender appender;
    private long sequence;

    WrittenLog() {
        this(LogForgery.START);
    }

    /**
     * A log that begins somewhere.
     *
     * @param start position of its first frame
     */
    WrittenLog(long start) {
        this.start = start;
        FrameChain border = new FrameChain(start, 0, 0, 0, 0, Digest.ZERO);
        appender = new FrameAppender(LogForgery.IDENTITY, dictionary, ROOM, border);
        appender.begin(border, 0, 1);
    }

    FrameAppender appender() {
        return appender;
    }

    TagDictionary dictionary() {
        return dictionary;
    }

    /** Where the next frame stands. */
    long end() {
        return appender.chain().position();
    }

    /** The last transaction. */
    long sequence() {
        return sequence;
    }

    /** Adds a transaction of one version; where its record stands. */
    long add(VersionDraft draft) {
        sequence++;
        return appender.append(List.of(draft), new Commitment(sequence, sequence * 1_000))[0];
    }

    /** Adds a version with a short content. */
    long add(EntityKey key, long number, long previous) {
        return add(draft(key, number, previous));
    }

    /** A version with a short content. */
    public static VersionDraft draft(EntityKey key, long number, long previous) {
        byte[] text = ("text " + number).getBytes(StandardCharsets.UTF_8);
        return RecordScene.draft(number, previous, text, new DraftContent.Inline(text)).toBuilder()
                .key(key)
                .build();
    }

    /** The bytes so far, from the first frame on. */
    byte[] bytes() {
        ByteBuffer frames = appender.bytes();
        byte[] bytes = new byte[frames.remaining()];
        frames.get(bytes);
        return bytes;
    }

    /** Index within the bytes of what stands at a position. */
    int index(long position) {
        return Math.toIntExact(position - start);
    }

    /** A file with such bytes. */
    BytesFile file(byte[] bytes) {
        return new BytesFile(start, bytes);
    }

    /** Reads a file with these words. */
    Reader reader(DiskFile file) {
        return new Reader(file, LogForgery.IDENTITY, dictionary, file.size());
    }

    /** Reads the undamaged log. */
    Reader reader() {
        return reader(file(bytes()));
    }
}

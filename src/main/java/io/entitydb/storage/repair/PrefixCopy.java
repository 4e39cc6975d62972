package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.recovery.StoreCreation;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Copies frames of a prefix of a log as they are, each verified and each continuing the one before.
 * Needs memory for a few megabytes, or for the longest frame. Serves one thread.
 */
public final class PrefixCopy {

    /** Bytes that are read, verified and handed on at a time. */
    private static final int WINDOW_BYTES = 4 << 20;

    private final LogPrefix prefix;
    private final FrameWindow window;
    private final FrameReader frames;
    private final long end;
    private FrameChain border;
    private @Nullable FrameHeader dictionary;
    private boolean hasErasure;

    /** Takes the bytes of whole frames, in order. */
    @FunctionalInterface
    public interface Target {

        /** Takes bytes; they may change when this has returned. */
        void take(ByteBuffer frames);
    }

    private PrefixCopy(LogPrefix prefix, FrameChain border) {
        this.prefix = prefix;
        this.border = border;
        end = prefix.header().dataEnd();
        prefix.file().map(end);
        window = new FrameWindow(prefix.file());
        frames = new FrameReader(window, prefix.header().identity());
    }

    /** A copy of all of it. */
    public static PrefixCopy whole(LogPrefix prefix) {
        return new PrefixCopy(prefix, StoreCreation.emptyChain(prefix.header().identity()));
    }

    /**
     * A copy of what follows an earlier prefix of the same file.
     *
     * @param before header at the end of the earlier prefix
     * @throws CorruptDataException if no frame continues the log there
     */
    public static PrefixCopy after(LogPrefix prefix, Header before) {
        long position = before.dataEnd();
        prefix.file().map(prefix.header().dataEnd());
        FrameHeader next =
                new FrameReader(prefix.file(), prefix.header().identity())
                        .peek(position, prefix.header().dataEnd());
        if (next == null) {
            throw new CorruptDataException(prefix.file().name(), position, "no frame begins here");
        }
        return new PrefixCopy(
                prefix,
                new FrameChain(
                        position,
                        next.frameNumber() - 1,
                        next.previousCrc(),
                        before.walSequence(),
                        before.lastModified(),
                        before.lastDigest()));
    }

    /**
     * Copies to the end of the prefix.
     *
     * @param progress is told now and then how far it is; may throw to end the copy
     * @return the header of the copy
     * @throws CorruptDataException if something does not verify, or the digest at the end is not
     *     the one that the store tells
     */
    public Header run(Target target, Progress progress) {
        long from = border.position();
        while (border.position() < end) {
            long before = border.position();
            fill(before, WINDOW_BYTES);
            pass();
            if (border.position() == before) {
                throw new IllegalStateException("no frame was copied at " + before);
            }
            target.take(window.bytes(before, border.position()));
            progress.at("copying", border.position() - from, end - from);
        }
        return header();
    }

    /** Whether a frame that was copied tells of records before it that have been erased. */
    public boolean hasErasure() {
        return hasErasure;
    }

    private void fill(long position, int size) {
        window.fill(position, (int) Math.min(size, end - position));
    }

    /** Verifies the frames that are whole in the window, at least one. */
    private void pass() {
        long first = border.position();
        while (border.position() < window.end()) {
            Frame frame = read();
            if (frame == null && border.position() > first) {
                return;
            }
            accept(frame == null ? certain() : frame);
        }
    }

    private @Nullable Frame read() {
        return frames.read(border.position(), window.end()) instanceof FrameRead.Intact(Frame frame)
                ? frame
                : null;
    }

    /**
     * The frame at the border, which is longer than the window, or does not verify: an erasure may
     * have been overwriting what was read, then it is read once more.
     */
    private Frame certain() {
        settle();
        FrameHeader header =
                new FrameReader(prefix.file(), prefix.header().identity())
                        .peek(border.position(), end);
        if (header == null) {
            throw damaged("no frame");
        }
        fill(border.position(), header.length());
        return switch (frames.read(border.position(), window.end())) {
            case FrameRead.Intact(Frame frame) -> frame;
            case FrameRead.Broken broken -> throw damaged(broken.reason());
        };
    }

    private void settle() {
        try {
            prefix.barrier().run();
        } catch (StorageException e) {
            // Closing or replaced: then nothing is being overwritten any more.
        }
    }

    private void accept(Frame frame) {
        String problem = border.problemOf(frame);
        if (problem != null) {
            throw damaged(problem);
        }
        FrameHeader header = frame.header();
        if (header.type() == FrameType.DICTIONARY) {
            dictionary = header;
        }
        hasErasure |= header.type() == FrameType.ERASE_MARK;
        border = border.after(header, frame.crc());
    }

    private Header header() {
        Header of = prefix.header();
        if (border.sequence() != of.walSequence() || !border.digest().equals(of.lastDigest())) {
            throw damaged("the log ends with another transaction than the header says");
        }
        Header.HeaderBuilder copy =
                of.toBuilder()
                        .isInterval(false)
                        .fileSize(end)
                        .walOffset(Header.DATA_OFFSET)
                        .checkpointSequence(0);
        if (dictionary != null) {
            copy.tagDictOffset(dictionary.position()).tagDictSize(dictionary.length());
        }
        return copy.build();
    }

    private CorruptDataException damaged(String reason) {
        return new CorruptDataException(prefix.file().name(), border.position(), reason);
    }
}

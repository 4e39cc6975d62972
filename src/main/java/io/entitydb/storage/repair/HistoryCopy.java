package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.log.RawRecord;

/**
 * Hands the history of a sound file to a rewriter, frame by frame. Nothing here takes the place of
 * what cannot be read. Serves one thread.
 */
final class HistoryCopy {

    private final SourceFile source;
    private final Pieces pieces;
    private final Rewriter rewriter;
    private final Retiring retiring;
    private final FrameReader frames;
    private FrameChain border;
    private long retired;
    private long missing;

    HistoryCopy(SourceFile source, Pieces pieces, Rewriter rewriter, Retiring retiring) {
        this.source = source;
        this.pieces = pieces;
        this.rewriter = rewriter;
        this.retiring = retiring;
        frames = source.frames();
        border = source.start();
    }

    /** How far it is, in the file that is copied. */
    FrameChain border() {
        return border;
    }

    /** Versions that were left out. */
    long retired() {
        return retired;
    }

    /** Records that the file holds the digests of only. */
    long missing() {
        return missing;
    }

    /**
     * The next frame.
     *
     * @throws CorruptDataException if it does not verify, or does not continue the log
     */
    Frame read() {
        return switch (frames.read(border.position(), source.limit())) {
            case FrameRead.Broken broken ->
                    throw new CorruptDataException(
                            source.file().name(), broken.position(), broken.reason());
            case FrameRead.Intact(Frame frame) -> {
                String problem = border.problemOf(frame);
                if (problem != null) {
                    throw new CorruptDataException(
                            source.file().name(), border.position(), problem);
                }
                yield frame;
            }
        };
    }

    /** Hands on the frame that was read. */
    void add(Frame frame) {
        FrameHeader header = frame.header();
        switch (header.type()) {
            case TRANSACTION -> rewriter.add(kept(frame));
            case DICTIONARY -> source.take(frame);
            case LOSS ->
                    rewriter.add(
                            new Step.Lost(
                                    LossRecord.of(frame),
                                    commitment(header),
                                    header.digest(),
                                    true));
            case CHUNK, ERASE_MARK -> {}
        }
        border = border.after(header, frame.crc());
    }

    private Step.Kept kept(Frame frame) {
        FrameHeader header = frame.header();
        return new Step.Kept(
                commitment(header),
                header.digest(),
                source,
                frame.records().stream().map(record -> piece(record, header.sequence())).toList());
    }

    private static Commitment commitment(FrameHeader header) {
        return new Commitment(header.sequence(), header.commitTime());
    }

    private Step.Piece piece(RawRecord record, long sequence) {
        Step.Piece piece = pieces.of(record, sequence);
        if (piece instanceof Step.Bare) {
            missing++;
        }
        if (piece instanceof Step.Whole whole
                && retiring.isRetired(
                        whole.version().key(source.reader().dictionary()), whole.version())) {
            retired++;
            return new Step.Bare(record.digest());
        }
        return piece;
    }
}

package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;

import org.jspecify.annotations.Nullable;

/**
 * Follows the chain of frames and the chain of transactions, and takes them up again behind damage.
 * Serves one thread.
 */
final class ChainCheck {

    private FrameChain chain;

    /** Whether the checksum of the last frame is known. */
    private boolean isCrcKnown = true;

    /** A stretch in which frames were lost, until it is known which transactions they held. */
    private @Nullable DamagedStretch gap;

    ChainCheck(FrameChain start) {
        chain = start;
    }

    /** A link that does not hold. */
    record Break(FindingCode code, String expected, String found) {}

    /** The border behind the last frame; its digest is zeros where it is not known. */
    FrameChain chain() {
        return chain;
    }

    /** Whether transactions may be missing before the border. */
    boolean isInGap() {
        return gap != null;
    }

    /**
     * Whether the frame is the next one, as the opening of a store would judge; behind damage, as
     * far as that can be told.
     */
    boolean isContinuedBy(Frame frame) {
        return (isInGap() || !isCrcKnown)
                ? frameLink(frame.header()) == null
                : chain.problemOf(frame) == null;
    }

    /** Goes on with an intact frame, and tells what is wrong with its links. */
    @Nullable Break follow(Frame frame) {
        FrameHeader header = frame.header();
        Break wrong = frameLink(header);
        if (wrong == null && header.movesSequence()) {
            wrong = transactionLink(frame);
        }
        if (header.movesSequence()) {
            closeGap(header);
        }
        chain = chain.after(header, frame.crc());
        isCrcKnown = true;
        return wrong;
    }

    private @Nullable Break frameLink(FrameHeader header) {
        long next = chain.frameNumber() + 1;
        boolean isNext = isInGap() ? header.frameNumber() >= next : header.frameNumber() == next;
        if (!isNext) {
            return new Break(
                    FindingCode.FRAME_CHAIN_BROKEN,
                    "frame " + next,
                    "frame " + header.frameNumber());
        }
        boolean follows = header.frameNumber() > next || header.previousCrc() == chain.crc();
        if (isCrcKnown && !follows) {
            return new Break(
                    FindingCode.FRAME_CHAIN_BROKEN,
                    "a frame that follows %08x".formatted(chain.crc()),
                    "frame %d, which follows %08x"
                            .formatted(header.frameNumber(), header.previousCrc()));
        }
        return null;
    }

    private @Nullable Break transactionLink(Frame frame) {
        FrameHeader header = frame.header();
        long next = chain.sequence() + 1;
        boolean mayPass = isInGap() || !header.isTransaction();
        if (mayPass ? header.sequence() < next : header.sequence() != next) {
            return new Break(
                    FindingCode.SEQUENCE_BROKEN,
                    "transaction " + next,
                    "transaction " + header.sequence());
        }
        if (header.commitTime() <= chain.commitTime()) {
            return new Break(
                    FindingCode.SEQUENCE_BROKEN,
                    "a commit time after " + chain.commitTime(),
                    "transaction " + header.sequence() + " of " + header.commitTime());
        }
        return header.isTransaction() && header.sequence() == next ? digestLink(frame) : null;
    }

    private @Nullable Break digestLink(Frame frame) {
        FrameHeader header = frame.header();
        FrameChain before =
                new FrameChain(
                        header.position(),
                        header.frameNumber() - 1,
                        header.previousCrc(),
                        chain.sequence(),
                        chain.commitTime(),
                        chain.digest());
        String problem = before.problemOf(frame);
        return problem == null
                ? null
                : new Break(
                        FindingCode.TRANSACTION_DIGEST_DIFFERS,
                        "the digest of its records and of history before",
                        problem);
    }

    private void closeGap(FrameHeader header) {
        if (gap == null) {
            return;
        }
        long first = chain.sequence() + 1;
        if (header.sequence() > first) {
            gap.lost(new SequenceRange(first, header.sequence() - 1));
        }
        gap = null;
    }

    /** Goes on behind a frame of which the header holds. */
    void passWounded(FrameHeader header, int crc, boolean isChained) {
        if (header.movesSequence()) {
            closeGap(header);
        }
        chain = chain.after(header, crc);
        isCrcKnown = isChained;
    }

    /** Goes on behind bytes that are no frame. */
    void passGap(DamagedStretch stretch) {
        if (gap == null) {
            gap = stretch;
        }
        isCrcKnown = false;
        chain =
                new FrameChain(
                        stretch.end(),
                        chain.frameNumber(),
                        chain.crc(),
                        chain.sequence(),
                        chain.commitTime(),
                        chain.digest());
    }

    /** The log ends; a header may know of transactions that are missing. */
    void end(long lastSequence) {
        if (gap != null && lastSequence > chain.sequence()) {
            gap.lost(new SequenceRange(chain.sequence() + 1, lastSequence));
        }
        gap = null;
    }

    /** Whether the digest of history is known at the border. */
    boolean isDigestKnown() {
        return chain.sequence() == 0 || !chain.digest().equals(Digest.ZERO);
    }
}

package io.entitydb.storage.log;

import io.entitydb.entity.Digest;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/**
 * A border between two frames: where the next one stands and what it must continue.
 *
 * @param position where the next frame begins
 * @param frameNumber number of the last frame before it
 * @param crc checksum of that frame; 0 before the first
 * @param sequence last transaction before it
 * @param commitTime commit time of that transaction
 * @param digest digest of that transaction; zeros if there is none, or if it was lost and is not
 *     known
 */
public record FrameChain(
        long position, long frameNumber, int crc, long sequence, long commitTime, Digest digest) {

    /** What keeps a frame from being the next one; null if it is. */
    public @Nullable String problemOf(Frame frame) {
        FrameHeader header = frame.header();
        if (header.frameNumber() != frameNumber + 1) {
            return "frame " + header.frameNumber() + " follows frame " + frameNumber;
        }
        if (header.previousCrc() != crc) {
            return "frame " + header.frameNumber() + " follows another frame " + frameNumber;
        }
        return switch (header.type()) {
            case TRANSACTION -> problemOfTransaction(frame);
            case LOSS -> problemOfLoss(header);
            case DICTIONARY, CHUNK, ERASE_MARK -> null;
        };
    }

    /** A loss stands for one transaction or more. */
    private @Nullable String problemOfLoss(FrameHeader header) {
        if (header.sequence() <= sequence) {
            return "loss of transaction " + header.sequence() + " follows transaction " + sequence;
        }
        return header.commitTime() <= commitTime
                ? "loss of transaction " + header.sequence() + " is not later than its predecessor"
                : null;
    }

    private @Nullable String problemOfTransaction(Frame frame) {
        FrameHeader header = frame.header();
        if (header.sequence() != sequence + 1) {
            return "transaction " + header.sequence() + " follows transaction " + sequence;
        }
        if (header.commitTime() <= commitTime) {
            return "transaction " + header.sequence() + " is not later than its predecessor";
        }
        if (sequence > 0 && digest.equals(Digest.ZERO)) {
            // Its predecessor is lost, and with it what this digest could be checked against.
            return null;
        }
        MessageDigest function =
                RecordDigest.ofTransaction(digest, header.sequence(), header.commitTime());
        frame.records().forEach(record -> record.digest().updateTo(function));
        return header.digest().equals(Digest.end(function))
                ? null
                : "digest of transaction " + header.sequence() + " differs";
    }

    /** The border after the next frame. */
    public FrameChain after(FrameHeader next, int nextCrc) {
        return next.movesSequence()
                ? new FrameChain(
                        next.end(),
                        next.frameNumber(),
                        nextCrc,
                        next.sequence(),
                        next.commitTime(),
                        next.digest())
                : new FrameChain(
                        next.end(), next.frameNumber(), nextCrc, sequence, commitTime, digest);
    }
}

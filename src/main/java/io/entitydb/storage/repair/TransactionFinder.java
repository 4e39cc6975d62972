package io.entitydb.storage.repair;

import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.SequencePositions;

import org.jspecify.annotations.Nullable;

/**
 * Finds the transactions of a file by their sequences. Asked in ascending order it reads the file
 * once, headers only, past whatever is damaged.
 */
final class TransactionFinder {

    private final SourceFile source;
    private final FrameWalk walk;
    private final SequencePositions positions = new SequencePositions();

    /** The sequence of the last frame passed that had one. */
    private long passed;

    TransactionFinder(SourceFile source) {
        this.source = source;
        walk = FrameWalk.of(source);
    }

    SourceFile source() {
        return source;
    }

    /** The intact frame of a transaction; null if the file holds none. */
    @Nullable Frame find(long sequence) {
        if (sequence <= passed) {
            walk.moveTo(positions.before(sequence));
            passed = 0;
        }
        while (true) {
            FrameHeader header = walk.header();
            if (header == null || (header.movesSequence() && header.sequence() > sequence)) {
                return null;
            }
            if (header.isTransaction() && header.sequence() == sequence) {
                return walk.frame(header);
            }
            pass(header);
        }
    }

    private void pass(FrameHeader header) {
        if (header.type() == FrameType.DICTIONARY) {
            source.take(walk.frame(header));
        }
        if (header.movesSequence()) {
            passed = header.sequence();
            positions.note(passed, header.position());
        }
        walk.moveTo(header.end());
    }
}

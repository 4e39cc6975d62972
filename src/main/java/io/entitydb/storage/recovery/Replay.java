package io.entitydb.storage.recovery;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.SequencePositions;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Reads the log forward from a border, frame by frame, and brings the index, the dictionary and the
 * counts up to date. Stops at the first place where no frame continues the log.
 */
final class Replay {

    private final FrameReader frames;
    private final Reader reader;
    private final Header header;
    private final KeyHash keyHash;
    private final EntityIndex index;
    private final SequencePositions positions;
    private FrameChain chain;
    private final CoveredTransaction covered;
    private boolean isCovered;
    private long entityCount;
    private long transactions;
    private long durableFrame;
    private long headerGeneration;
    private @Nullable FrameHeader dictionaryFrame;
    private final Deque<FrameHeader> unproven = new ArrayDeque<>();
    private long provenEnd;

    Replay(
            FrameReader frames,
            Reader reader,
            Header header,
            ReplayStart start,
            SequencePositions positions) {
        this.frames = frames;
        this.reader = reader;
        this.header = header;
        this.positions = positions;
        keyHash = new KeyHash(header.identity().secret());
        index = start.index();
        chain = start.chain();
        entityCount = start.entityCount();
        covered = start.covered();
        noteCovered();
    }

    /**
     * Replays up to the end of the log.
     *
     * @param limit where readable bytes end
     * @param progress is told the position now and then
     * @return why it stopped
     */
    FrameRead.Broken run(long limit, LongConsumer progress) {
        String atStart = disagreement();
        if (atStart != null) {
            return new FrameRead.Broken(chain.position(), atStart, false);
        }
        while (true) {
            progress.accept(chain.position());
            switch (frames.read(chain.position(), limit)) {
                case FrameRead.Broken broken -> {
                    return broken;
                }
                case FrameRead.Intact(Frame frame) -> {
                    String problem = apply(frame);
                    if (problem != null) {
                        return new FrameRead.Broken(frame.header().position(), problem, false);
                    }
                }
            }
        }
    }

    private @Nullable String apply(Frame frame) {
        String problem = chain.problemOf(frame);
        if (problem != null) {
            return problem;
        }
        try {
            switch (frame.header().type()) {
                case TRANSACTION -> applyTransaction(frame);
                case DICTIONARY -> {
                    frame.loadInto(reader.dictionary());
                    dictionaryFrame = frame.header();
                }
                case ERASE_MARK -> entityCount += EraseMark.of(frame).livingDelta();
                case CHUNK, LOSS -> {}
            }
        } catch (CorruptDataException e) {
            return e.reason();
        }
        prove(frame.header());
        headerGeneration = Math.max(headerGeneration, frame.header().headerGeneration());
        chain = chain.after(frame.header(), frame.crc());
        noteCovered();
        return disagreement();
    }

    private void noteCovered() {
        isCovered |=
                chain.sequence() == covered.sequence() && chain.digest().equals(covered.digest());
    }

    /**
     * Moves the border of what is proven to have been forced as far as this frame says; of itself
     * it says nothing.
     */
    private void prove(FrameHeader next) {
        durableFrame = Math.max(durableFrame, next.durableFrame());
        unproven.add(next);
        while (unproven.getFirst().frameNumber() <= durableFrame) {
            provenEnd = unproven.removeFirst().end();
        }
    }

    private void applyTransaction(Frame frame) {
        TagDictionary dictionary = reader.dictionary();
        for (VersionRecord version : frame.versions()) {
            var key = version.key(dictionary);
            index.replay(
                    keyHash.of(key),
                    version.previousPosition(),
                    version.position(),
                    position -> reader.readVersion(position).isOf(key, dictionary));
            entityCount += version.livingDelta();
        }
        positions.note(frame.header().sequence(), frame.header().position());
        transactions++;
    }

    /** Where the log passes the end that the header knows, both must tell the same. */
    private @Nullable String disagreement() {
        boolean isThere = chain.position() == header.dataEnd();
        boolean agrees =
                chain.sequence() == header.walSequence()
                        && chain.digest().equals(header.lastDigest())
                        && entityCount == header.entityCount();
        return isThere && !agrees ? "header and log disagree about their common end" : null;
    }

    /**
     * Whether the log holds the newest transaction that the index held at the start, and leads to
     * what the header knows.
     */
    boolean isCovered() {
        return isCovered && disagreement() == null;
    }

    FrameChain chain() {
        return chain;
    }

    long entityCount() {
        return entityCount;
    }

    long transactions() {
        return transactions;
    }

    /** Border before which everything is known to have been forced. */
    long provenEnd() {
        return Math.max(provenEnd, Math.min(header.dataEnd(), chain.position()));
    }

    /** Highest frame that some frame read so far knows to be forced. */
    long durableFrame() {
        return durableFrame;
    }

    /** Highest header generation that some frame read so far names. */
    long headerGeneration() {
        return headerGeneration;
    }

    /** The newest dictionary frame read; null if none was. */
    @Nullable FrameHeader dictionaryFrame() {
        return dictionaryFrame;
    }
}

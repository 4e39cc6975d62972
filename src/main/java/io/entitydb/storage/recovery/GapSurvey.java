package io.entitydb.storage.recovery;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a log on behind damage and tells what is there and what is lost. Changes nothing.
 *
 * <p>Only frames count that verify as a whole. Each is held back until the next one names its
 * checksum: where two intact frames stand side by side and the second continues another than the
 * first, a device has brought back what was overwritten once, and the first is lost as well.
 */
final class GapSurvey {

    /** Most stretches of lost transactions that are told apart; what follows counts as lost. */
    private static final int MAX_LOST = 1024;

    private final DiskFile file;
    private final Header header;
    private final long limit;
    private final Reader reader;
    private final Quarantine quarantine;
    private final KeyHash keyHash;
    private final EntityIndex index = new EntityIndex();
    private final Anchors anchors = new Anchors();
    private final List<LostSequences> lost = new ArrayList<>();
    private final List<LostStretch> stretches = new ArrayList<>();

    /** Border after the last frame that was read; null if it is not known in all parts. */
    private @Nullable FrameChain chain;

    /** Number and checksum of that frame; null if they are not known. */
    private @Nullable Link link;

    private @Nullable Frame heldBack;
    private boolean isFirst = true;
    private boolean isEndKnown = true;
    private long lastSequence;
    private long lastRead;
    private long lastTime;
    private boolean isFrameFound;

    /**
     * A survey of a file.
     *
     * @param limit where readable bytes end
     */
    GapSurvey(DiskFile file, Header header, Reader reader, Quarantine quarantine, long limit) {
        this.file = file;
        this.limit = limit;
        this.header = header;
        this.reader = reader;
        this.quarantine = quarantine;
        keyHash = new KeyHash(header.identity().secret());
    }

    private record Link(long frameNumber, int crc) {}

    /**
     * Surveys the log.
     *
     * @param border where its replay ended
     * @throws RecoveryFailedException if no frame of the file has checksums of its header: the
     *     state before the gap would be that of a store which may never have been this one
     */
    AfterGap run(FrameChain border) {
        chain = border;
        link = new Link(border.frameNumber(), border.crc());
        lastSequence = border.sequence();
        lastRead = border.sequence();
        lastTime = border.commitTime();
        LogScan scan = new LogScan(file, new Checksum(header.identity()), border.position(), limit);
        LogPart part = scan.next();
        while (part != null && lost.size() < MAX_LOST) {
            note(part);
            part = scan.next();
        }
        if (border.position() == Header.DATA_OFFSET && !isFrameFound) {
            throw new RecoveryFailedException(
                    file.name() + " has no frame that verifies with its header");
        }
        apply();
        if (lost.size() >= MAX_LOST) {
            lose(lastSequence + 1, 0);
        } else if (header.walSequence() > lastSequence) {
            lose(lastSequence + 1, isEndKnown ? header.walSequence() : 0);
        }
        return new AfterGap(
                file,
                header.identity(),
                limit,
                border,
                new AfterGap.Losses(lost, stretches),
                index,
                anchors,
                lastRead);
    }

    private void note(LogPart part) {
        isFrameFound |= part instanceof LogPart.Sound || part instanceof LogPart.Wounded;
        switch (part) {
            case LogPart.Sound(Frame frame) -> sound(frame);
            case LogPart.Wounded wounded -> wounded(wounded);
            case LogPart.Gap gap -> gap(gap);
            case LogPart.Blank blank -> {}
        }
    }

    private void sound(Frame frame) {
        FrameHeader next = frame.header();
        String problem = problemOf(frame);
        if (problem == null) {
            apply();
        } else {
            doubt(next, problem);
        }
        heldBack = frame;
        passed(next, frame.crc());
    }

    private @Nullable String problemOf(Frame frame) {
        if (chain != null) {
            return chain.problemOf(frame);
        }
        FrameHeader next = frame.header();
        boolean isNext =
                link == null
                        || (next.frameNumber() == link.frameNumber() + 1
                                && next.previousCrc() == link.crc());
        return isNext ? null : "frame " + next.frameNumber() + " follows another frame";
    }

    private void passed(FrameHeader frame, int crc) {
        link = new Link(frame.frameNumber(), crc);
        if (chain != null) {
            chain = chain.after(frame, crc);
        } else if (frame.movesSequence()) {
            chain =
                    new FrameChain(
                            frame.end(),
                            frame.frameNumber(),
                            crc,
                            frame.sequence(),
                            frame.commitTime(),
                            frame.digest());
        }
    }

    private void broken() {
        isFirst = true;
        chain = null;
        link = null;
    }

    /** A frame does not continue the one before, so that one does not count either. */
    private void doubt(FrameHeader next, String problem) {
        broken();
        quarantine(next.position(), next.length(), next.sequence(), problem);
        Frame before = heldBack;
        heldBack = null;
        if (before == null) {
            if (lost.isEmpty() && lastSequence > 0) {
                lose(lastSequence, lastSequence);
            }
        } else if (before.header().movesSequence()) {
            loseUpTo(before.header().sequence());
        }
    }

    private void wounded(LogPart.Wounded wounded) {
        FrameHeader frame = wounded.header();
        apply();
        quarantine(frame.position(), frame.length(), frame.sequence(), wounded.reason());
        if (frame.movesSequence()) {
            loseUpTo(frame.sequence());
        }
        isFirst = true;
        if (wounded.isChained()) {
            passed(frame, wounded.crc());
        } else {
            broken();
        }
    }

    private void gap(LogPart.Gap gap) {
        apply();
        boolean isTorn = gap.end() == limit && gap.position() >= header.dataEnd();
        if (!isTorn) {
            quarantine(gap.position(), gap.end() - gap.position(), 0, gap.reason());
        }
        isEndKnown =
                isTorn || gap.end() < limit || isBlank(Math.max(gap.position(), header.dataEnd()));
        broken();
    }

    private boolean isBlank(long from) {
        FrameReader frames = new FrameReader(file, header.identity());
        return new FrameSearch(file, frames, from, limit).next(from).isBlank();
    }

    /** Takes over the frame that was held back. */
    private void apply() {
        Frame frame = heldBack;
        heldBack = null;
        if (frame == null) {
            return;
        }
        try {
            switch (frame.header().type()) {
                case TRANSACTION -> transaction(frame);
                case DICTIONARY -> frame.loadInto(reader.dictionary());
                case LOSS -> loseUpTo(frame.header().sequence());
                case CHUNK, ERASE_MARK -> {}
            }
        } catch (CorruptDataException e) {
            FrameHeader broken = frame.header();
            quarantine(broken.position(), broken.length(), broken.sequence(), e.reason());
            if (broken.movesSequence()) {
                loseUpTo(broken.sequence());
            }
        }
    }

    private void transaction(Frame frame) {
        FrameHeader next = frame.header();
        if (next.sequence() <= lastSequence) {
            throw new CorruptDataException(
                    file.name(), next.position(), "transaction " + next.sequence() + " comes late");
        }
        var dictionary = reader.dictionary();
        List<VersionRecord> versions = frame.versions();
        var keys = versions.stream().map(version -> version.key(dictionary)).toList();
        loseUpTo(next.sequence() - 1);
        for (int i = 0; i < keys.size(); i++) {
            VersionRecord version = versions.get(i);
            var key = keys.get(i);
            index.replay(
                    keyHash.of(key),
                    version.previousPosition(),
                    version.position(),
                    position -> reader.readVersion(position).isOf(key, dictionary));
        }
        anchors.note(next.sequence(), next.commitTime(), next.position(), isFirst);
        isFirst = false;
        lastSequence = next.sequence();
        lastRead = lastSequence;
        lastTime = next.commitTime();
    }

    private void loseUpTo(long sequence) {
        if (sequence > lastSequence) {
            lose(lastSequence + 1, sequence);
            lastSequence = sequence;
        }
    }

    /** Notes lost transactions; neighbours become one range. */
    private void lose(long first, long last) {
        LostSequences before = lost.isEmpty() ? null : lost.getLast();
        if (before != null && before.last() == first - 1) {
            lost.removeLast();
            lost.add(new LostSequences(before.first(), last));
        } else {
            lost.add(new LostSequences(first, last));
        }
    }

    private void quarantine(long position, long length, long sequence, String reason) {
        if (stretches.size() < MAX_LOST) {
            stretches.add(
                    new LostStretch(
                            position,
                            position + length,
                            Math.max(sequence, lastSequence + 1),
                            lastTime + 1));
        }
        quarantine.add(
                DamagedPlace.builder()
                        .file(file.name())
                        .position(position)
                        .length(length)
                        .part(DamagedPlace.Part.FRAME)
                        .sequence(sequence)
                        .reason(reason)
                        .finder(DamagedPlace.Finder.OPENING)
                        .build());
    }
}

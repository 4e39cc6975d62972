package io.entitydb.storage.repair;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.LossRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The history of a store, read from its data file and, where that one is damaged, from copies of
 * it: step by step, in order, each proven by the digest of the one before. Reads forward and holds
 * a few transactions at a time. Serves one thread.
 */
final class History {

    private final SourceFile primary;
    private final GapContext context;
    private final LogScan scan;
    private final TailEvidence evidence;
    private final DamageLog damage = new DamageLog();
    private final Deque<Step> ready = new ArrayDeque<>();
    private FrameChain border;
    private @Nullable GapFill gap;

    /** The last transaction to look for in the gap. */
    private long gapEnd;

    /** The sound transaction behind the gap; null at the end of the file. */
    private @Nullable Frame behindGap;

    /** What the gap must lead to, where no sound transaction is behind it. */
    private GapFill.@Nullable Anchor anchor;

    private boolean hasRecoveredLoss;
    private boolean isAtEnd;

    /**
     * A history.
     *
     * @param sources the file, and others of the same store
     * @param terms what the records of losses are going to say of when and on whose word
     */
    History(Sources sources, LossRecord terms) {
        primary = sources.primary();
        List<TransactionFinder> finders =
                sources.copies().stream().map(TransactionFinder::new).toList();
        Pieces pieces = new Pieces(primary, finders, damage, sources.erasures());
        context = new GapContext(primary, finders, pieces, terms);
        scan = primary.scan();
        evidence = new TailEvidence(primary);
        border = primary.start();
    }

    /** What was found wrong so far. */
    DamageLog damage() {
        return damage;
    }

    /** Whether copies hold something that was given up before. */
    boolean hasRecoveredLoss() {
        return hasRecoveredLoss;
    }

    /** Bytes of the file that were read so far. */
    long position() {
        return scan.position();
    }

    /** The next step; null at the end. */
    @Nullable Step next() {
        while (ready.isEmpty() && (gap != null || !isAtEnd)) {
            if (gap == null) {
                read();
            } else {
                fill(gap);
            }
        }
        return ready.poll();
    }

    private void read() {
        LogPart part = scan.next();
        if (part instanceof LogPart.Sound(Frame frame)) {
            String problem = border.problemOf(frame);
            if (problem == null) {
                accept(frame);
            } else {
                damaged(part, problem);
            }
        } else if (part instanceof LogPart.Wounded wounded) {
            damaged(part, wounded.reason());
        } else if (part instanceof LogPart.Gap blind) {
            damaged(part, blind.reason());
        } else {
            end(new Debris());
        }
    }

    private void accept(Frame frame) {
        Reached before = new Reached(border);
        border = border.after(frame.header(), frame.crc());
        switch (frame.header().type()) {
            case TRANSACTION -> ready.add(kept(frame));
            case DICTIONARY -> primary.take(frame);
            case LOSS -> lookAgain(frame, before);
            case CHUNK, ERASE_MARK -> {}
        }
    }

    private Step.Kept kept(Frame frame) {
        FrameHeader header = frame.header();
        return new Step.Kept(
                new Commitment(header.sequence(), header.commitTime()),
                header.digest(),
                primary,
                frame.records().stream()
                        .map(record -> context.pieces().of(record, header.sequence()))
                        .toList());
    }

    /** Copies may hold what was given up before. */
    private void lookAgain(Frame frame, Reached before) {
        FrameHeader header = frame.header();
        gap =
                new GapFill(
                        context,
                        new Debris(),
                        before,
                        new GapFill.Terms(LossRecord.of(frame), true));
        gapEnd = header.sequence();
        behindGap = null;
        anchor = new GapFill.Anchor(header.sequence(), header.commitTime(), header.digest());
    }

    /** What does not continue the log: passes over it, up to the next sound transaction. */
    private void damaged(LogPart first, String reason) {
        if (!evidence.isDurable(first.position(), border.frameNumber() + 1)) {
            damage.torn(primary.limit() - first.position());
            end(new Debris());
            return;
        }
        Debris debris = new Debris();
        LogPart part = first;
        while (part != null && !(part instanceof LogPart.Blank)) {
            if (isSoundBehind(part)) {
                resume(debris, ((LogPart.Sound) part).frame());
                return;
            }
            note(part, debris, part.position() == first.position() ? reason : null);
            part = scan.next();
        }
        end(debris);
    }

    private boolean isSoundBehind(LogPart part) {
        return part instanceof LogPart.Sound(Frame frame)
                && frame.header().movesSequence()
                && frame.header().sequence() > border.sequence()
                && frame.header().frameNumber() > border.frameNumber();
    }

    private void note(LogPart part, Debris debris, @Nullable String reason) {
        switch (part) {
            case LogPart.Sound(Frame frame) -> {
                if (reason != null) {
                    damage.add(part.position(), part.end(), reason);
                }
                if (frame.header().type() == FrameType.DICTIONARY) {
                    primary.take(frame);
                }
            }
            case LogPart.Wounded wounded -> {
                damage.add(part.position(), part.end(), wounded.reason());
                debris.add(primary, wounded);
            }
            case LogPart.Gap blind -> {
                damage.add(part.position(), part.end(), blind.reason());
                debris.add(blind);
            }
            case LogPart.Blank b -> {}
        }
    }

    private void resume(Debris debris, Frame frame) {
        FrameHeader header = frame.header();
        long first =
                header.isTransaction() ? header.sequence() : LossRecord.of(frame).firstSequence();
        gap = newFill(debris);
        gapEnd = first - 1;
        behindGap = frame;
        anchor = null;
    }

    private GapFill newFill(Debris debris) {
        return new GapFill(
                context, debris, new Reached(border), new GapFill.Terms(context.terms(), false));
    }

    private void end(Debris debris) {
        isAtEnd = true;
        Header header = primary.origin().header();
        long known = header == null ? 0 : header.walSequence();
        gapEnd = Math.max(known, debris.lastSequence());
        behindGap = null;
        anchor =
                header == null
                        ? null
                        : new GapFill.Anchor(known, header.lastModified(), header.lastDigest());
        gap = newFill(debris);
    }

    private void fill(GapFill fill) {
        if (fill.sequence() < gapEnd) {
            fill.next(ready);
            return;
        }
        if (isEndUnknown() && fill.extend(ready)) {
            return;
        }
        gap = null;
        hasRecoveredLoss |= fill.hasRecoveredLoss();
        Frame frame = behindGap;
        if (frame == null) {
            fill.reach(anchor, ready);
            border = fill.reached().in(border);
        } else if (frame.header().isTransaction()) {
            fill.reach(frame, ready);
            ready.add(kept(frame));
            moveTo(frame);
        } else {
            fill.reach((GapFill.Anchor) null, ready);
            moveTo(frame);
            lookAgain(frame, fill.reached());
        }
    }

    /** Without a header nothing tells where the history ended: what continues it belongs to it. */
    private boolean isEndUnknown() {
        return isAtEnd && primary.origin().header() == null;
    }

    private void moveTo(Frame frame) {
        FrameHeader header = frame.header();
        border =
                new FrameChain(
                        header.end(),
                        header.frameNumber(),
                        frame.crc(),
                        header.sequence(),
                        header.commitTime(),
                        header.digest());
    }
}

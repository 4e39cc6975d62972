package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRemains;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.log.RawRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the transactions between two that are sound: in what is left of them, or in copies. One
 * call looks for one of them.
 *
 * <p><b>Proof.</b> What is taken must lead from the digest of the transaction before to a digest
 * that the file itself names: in a frame header that holds, or in the next sound transaction. A
 * transaction that was put together from records whose frame is lost is held back until such a
 * digest is reached; if it does not fit, the transaction counts as lost.
 */
final class GapFill {

    private final GapContext context;
    private final Debris debris;
    private final Deque<Step> held = new ArrayDeque<>();
    private final Terms terms;
    private long sequence;
    private long commitTime;
    private Digest digest;

    private long timeBeforeHeld;
    private boolean hasTaken;

    /** First of the transactions up to the present one that are given up; 0 if none are. */
    private long firstLost;

    /** Header of the last of them, if it holds. */
    private @Nullable FrameHeader lastLost;

    /** A copy from which the newest transactions were taken, while nothing vouches for them. */
    private @Nullable SourceFile unproven;

    /** A search for what comes behind a sound transaction. */
    GapFill(GapContext context, Debris debris, Reached after, Terms terms) {
        this.context = context;
        this.debris = debris;
        this.terms = terms;
        sequence = after.sequence();
        commitTime = after.commitTime();
        digest = after.digest();
    }

    /**
     * What the records of losses say.
     *
     * @param loss of when, and on whose word
     * @param isKnown whether the loss is a part of history already
     */
    record Terms(LossRecord loss, boolean isKnown) {}

    /** The last transaction that was looked for. */
    long sequence() {
        return sequence;
    }

    /** The last transaction that was looked for, and the digest of history up to it. */
    Reached reached() {
        return new Reached(sequence, commitTime, digest);
    }

    /** Whether something was found that had been given up before. */
    boolean hasRecoveredLoss() {
        return terms.isKnown() && hasTaken;
    }

    /** Looks for the next transaction; what is certain goes to the steps that are ready. */
    void next(Deque<Step> ready) {
        long wanted = sequence + 1;
        FrameRemains frame = debris.frame(wanted);
        if (frame != null && isKnown() && !held.isEmpty() && !frame.continues(digest)) {
            giveUpHeld();
        }
        if (!takeOwn(frame, ready)
                && !takeCopy(wanted, frame, ready)
                && !takeRuins(frame, ready)
                && !takeLoose(wanted)) {
            lose(wanted, frame);
        }
    }

    /** Looks whether copies hold one transaction more than is known of. */
    boolean extend(Deque<Step> ready) {
        return isKnown() && takeCopy(sequence + 1, null, ready);
    }

    private boolean isKnown() {
        return reached().isKnown();
    }

    private boolean takeOwn(@Nullable FrameRemains frame, Deque<Step> ready) {
        if (frame == null || !frame.isWhole() || (isKnown() && !frame.continues(digest))) {
            return false;
        }
        take(frame.header(), context.primary(), pieces(frame), ready);
        unproven = null;
        return true;
    }

    /** A transaction some of whose records do not verify. */
    private boolean takeRuins(@Nullable FrameRemains frame, Deque<Step> ready) {
        boolean isSure = frame != null && (isKnown() ? frame.continues(digest) : frame.isChained());
        if (frame == null || !isSure) {
            return false;
        }
        take(frame.header(), context.primary(), pieces(frame), ready);
        unproven = null;
        return true;
    }

    private List<Step.Piece> pieces(FrameRemains frame) {
        long number = frame.header().sequence();
        List<Step.Piece> pieces = new ArrayList<>();
        for (FrameRemains.Slot slot : frame.slots()) {
            RawRecord record = slot.record();
            pieces.add(
                    record == null
                            ? context.pieces().of(slot.digest(), number)
                            : context.pieces().of(record, number));
        }
        return pieces;
    }

    private boolean takeCopy(long wanted, @Nullable FrameRemains frame, Deque<Step> ready) {
        for (TransactionFinder finder : context.copies()) {
            Frame found = finder.find(wanted);
            if (found == null || !fits(found, frame)) {
                continue;
            }
            List<Step.Piece> pieces =
                    found.records().stream()
                            .map(record -> context.pieces().ofCopy(record, finder.source()))
                            .toList();
            take(found.header(), finder.source(), pieces, ready);
            unproven = frame == null ? finder.source() : null;
            return true;
        }
        return false;
    }

    private boolean fits(Frame found, @Nullable FrameRemains frame) {
        FrameHeader header = found.header();
        if (header.commitTime() <= commitTime) {
            return false;
        }
        if (frame != null && header.digest().equals(frame.header().digest())) {
            return true;
        }
        return frame == null && (!isKnown() || leadsTo(found));
    }

    private boolean leadsTo(Frame next) {
        Commitment commitment = commitmentOf(next.header());
        return FrameRemains.digestOf(digest, commitment, next.records())
                .equals(next.header().digest());
    }

    private static Commitment commitmentOf(FrameHeader header) {
        return new Commitment(header.sequence(), header.commitTime());
    }

    /** Records whose frame is lost: as many as there are, in the order in which they stand. */
    private boolean takeLoose(long wanted) {
        List<RawRecord> records = debris.records(wanted);
        if (records.isEmpty() || !isKnown() || firstLost != 0) {
            return false;
        }
        long time = times(records);
        if (time <= commitTime) {
            return false;
        }
        timeBeforeHeld = held.isEmpty() ? commitTime : timeBeforeHeld;
        Commitment commitment = new Commitment(wanted, time);
        digest = FrameRemains.digestOf(digest, commitment, records);
        List<Step.Piece> pieces =
                records.stream().map(record -> context.pieces().of(record, wanted)).toList();
        held.add(new Step.Kept(commitment, digest, context.primary(), pieces));
        sequence = wanted;
        commitTime = time;
        return true;
    }

    /** The commit time on which all records agree; 0 if they do not. */
    private static long times(List<RawRecord> records) {
        long time = 0;
        for (RawRecord record : records) {
            var version = record.asVersion();
            if (version == null || (time != 0 && version.commitTime() != time)) {
                return 0;
            }
            time = version.commitTime();
        }
        return time;
    }

    private void take(
            FrameHeader header, SourceFile source, List<Step.Piece> pieces, Deque<Step> ready) {
        settle(ready, header.commitTime());
        hasTaken = true;
        ready.add(new Step.Kept(commitmentOf(header), header.digest(), source, pieces));
        sequence = header.sequence();
        commitTime = header.commitTime();
        digest = header.digest();
    }

    private void lose(long wanted, @Nullable FrameRemains frame) {
        giveUpHeld();
        firstLost = firstLost == 0 ? wanted : firstLost;
        lastLost = frame == null ? null : frame.header();
        sequence = wanted;
        digest = frame == null ? Digest.ZERO : frame.header().digest();
    }

    /** What was put together does not fit: it is lost. */
    private void giveUpHeld() {
        Step first = held.peekFirst();
        if (first != null) {
            firstLost = first.commitment().sequence();
            lastLost = null;
            commitTime = timeBeforeHeld;
            digest = Digest.ZERO;
            held.clear();
        }
    }

    /** Passes on what is certain by a transaction that follows. */
    private void settle(Deque<Step> ready, long nextTime) {
        ready.addAll(held);
        held.clear();
        FrameHeader last = lastLost;
        if (firstLost != 0) {
            giveUp(ready, last == null ? nextTime - 1 : last.commitTime());
        }
    }

    private void giveUp(Deque<Step> ready, long time) {
        commitTime = Math.max(commitTime + 1, time);
        ready.add(
                new Step.Lost(
                        new LossRecord(
                                firstLost, terms.loss().acceptedAt(), terms.loss().principal()),
                        new Commitment(sequence, commitTime),
                        digest,
                        terms.isKnown()));
        firstLost = 0;
        lastLost = null;
    }

    /**
     * The next sound transaction is reached.
     *
     * @throws RecoveryFailedException if what was taken does not lead to it
     */
    void reach(Frame frame, Deque<Step> ready) {
        if (isKnown() && !leadsTo(frame)) {
            requireHeld(frame.header().sequence());
        }
        settle(ready, frame.header().commitTime());
    }

    /**
     * The end of what is known of is reached, or of transactions that were given up before.
     *
     * @param anchor what is known of the last transaction; null if nothing is
     */
    void reach(@Nullable Anchor anchor, Deque<Step> ready) {
        if (anchor == null || anchor.sequence() != sequence) {
            giveUpHeld();
            settle(ready, commitTime + 2);
            return;
        }
        boolean isVouched = !anchor.digest().equals(Digest.ZERO);
        if (isVouched && isKnown() && !digest.equals(anchor.digest())) {
            requireHeld(anchor.sequence());
        }
        if (!isVouched) {
            giveUpHeld();
        }
        if (firstLost == 0) {
            settle(ready, commitTime + 2);
        } else {
            digest = anchor.digest();
            giveUp(ready, anchor.commitTime());
        }
        unproven = isVouched ? null : unproven;
    }

    /**
     * A transaction that something vouches for.
     *
     * @param digest zeros if it is not known
     */
    record Anchor(long sequence, long commitTime, Digest digest) {}

    /** What does not lead where it should was put together wrongly, or comes from elsewhere. */
    private void requireHeld(long next) {
        if (held.isEmpty()) {
            SourceFile wrong = unproven == null ? context.primary() : unproven;
            throw new RecoveryFailedException(
                    wrong.label()
                            + " holds another history: its transaction "
                            + sequence
                            + " does not lead to transaction "
                            + next);
        }
        giveUpHeld();
    }
}

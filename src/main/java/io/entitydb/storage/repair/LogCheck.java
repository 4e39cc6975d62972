package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.log.NameGuess;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.Reader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Checks a log part by part, in the order in which it stands in the file. Serves one thread. */
@RequiredArgsConstructor
final class LogCheck {

    private final DiskFile file;
    private final Reader reader;
    private final ChainCheck chain;
    private final VersionCheck versions;
    private final BorderClaims claims;
    private final DamageMap damage;
    private final Findings findings;
    private final LogTally tally;
    private final ErasureCheck erasures;
    private final VersionWitness witness;
    private @Nullable FrameHeader dictionary;
    private boolean isDictionaryHidden;
    private long durableFrame;
    private long headerGeneration;

    /** Checks the next part, which follows the one before without a gap. */
    void check(LogPart part) {
        switch (part) {
            case LogPart.Sound(Frame frame) -> sound(frame);
            case LogPart.Wounded wounded -> wounded(wounded);
            case LogPart.Gap gap -> gap(gap);
            case LogPart.Blank _ -> {}
        }
    }

    /** The log begins here. */
    void begin() {
        claims.at(border(), damage);
    }

    /** Highest frame that some frame knows to be forced. */
    long durableFrame() {
        return durableFrame;
    }

    /** Highest header generation that some frame names. */
    long headerGeneration() {
        return headerGeneration;
    }

    private void sound(Frame frame) {
        FrameHeader header = frame.header();
        note(header);
        ChainCheck.Break broken = chain.follow(frame);
        if (broken != null) {
            report(broken.code(), header, broken.expected(), broken.found());
        }
        tally.frame();
        switch (header.type()) {
            case TRANSACTION -> {
                tally.transaction();
                frame.records().forEach(record -> transactionRecord(record, header));
                witness.transaction(header.sequence(), header.digest());
            }
            case DICTIONARY -> dictionary(frame);
            case CHUNK -> tally.chunk();
            case LOSS -> loss(frame);
            case ERASE_MARK -> erasures.check(frame);
        }
        claims.at(border(), damage);
    }

    private void transactionRecord(RawRecord record, FrameHeader header) {
        versions.check(record);
        if (record.isVersion() && !record.isOfTransaction(header)) {
            report(
                    FindingCode.RECORD_MALFORMED,
                    header,
                    "versions of transaction " + header.sequence(),
                    "a version of another one at " + record.position());
        }
    }

    private void dictionary(Frame frame) {
        try {
            frame.loadInto(reader.dictionary());
            dictionary = frame.header();
            isDictionaryHidden = false;
        } catch (CorruptDataException e) {
            report(
                    FindingCode.DICTIONARY_CONTRADICTS,
                    frame.header(),
                    "the words of the other dictionary frames",
                    e.reason());
        }
    }

    private void loss(Frame frame) {
        FrameHeader header = frame.header();
        try {
            LossRecord loss = LossRecord.of(frame);
            tally.loss();
            witness.transaction(header.sequence(), header.digest());
            findings.add(
                    new Finding(
                            FindingCode.ACCEPTED_LOSS,
                            file.name(),
                            header.position(),
                            header.end(),
                            new SequenceRange(loss.firstSequence(), header.sequence()),
                            List.of(),
                            "all transactions",
                            "a loss that "
                                    + (loss.principal().isEmpty() ? "somebody" : loss.principal())
                                    + " accepted"));
        } catch (CorruptDataException | IllegalArgumentException e) {
            report(
                    FindingCode.RECORD_MALFORMED,
                    header,
                    "a record of a loss",
                    String.valueOf(e.getMessage()));
        }
    }

    private void wounded(LogPart.Wounded part) {
        FrameHeader header = part.header();
        note(header);
        tally.frame();
        if (part.isChained()) {
            stretchesBetween(part, header);
        } else {
            DamagedStretch stretch =
                    stretch(
                            FindingCode.FRAME_DAMAGED,
                            part.position(),
                            part.end(),
                            header,
                            new DamagedStretch.Words("a whole frame", part.reason()));
            if (header.isTransaction() && part.records().isEmpty()) {
                guess(stretch, part.position() + FrameLayout.HEADER_BYTES);
            }
        }
        hide(header.type());
        recordsOf(part);
        chain.passWounded(header, part.crc(), part.isChained());
        claims.at(border(), damage);
    }

    /** The records that are missing from a frame whose trailer holds. */
    private void stretchesBetween(LogPart.Wounded part, FrameHeader header) {
        long from = part.position() + FrameLayout.HEADER_BYTES;
        for (RawRecord record : part.records()) {
            damagedRecord(from, record.position(), header, part.reason());
            from = record.end();
        }
        damagedRecord(from, part.end() - FrameLayout.TRAILER_BYTES, header, part.reason());
    }

    private void damagedRecord(long from, long to, FrameHeader header, String reason) {
        if (from < to) {
            DamagedStretch stretch =
                    stretch(
                            FindingCode.RECORD_DAMAGED,
                            from,
                            to,
                            header,
                            new DamagedStretch.Words("an intact record", reason));
            if (header.isTransaction()) {
                guess(stretch, from);
            }
        }
    }

    private void guess(DamagedStretch stretch, long position) {
        EntityKey key = NameGuess.at(file, position, stretch.end(), reader.dictionary());
        if (key != null) {
            stretch.concerns(key, false);
        }
    }

    private void gap(LogPart.Gap part) {
        tally.livingIsHidden();
        isDictionaryHidden = true;
        DamagedStretch stretch =
                damage.add(
                        new DamagedStretch(
                                part.isUnreadable()
                                        ? FindingCode.UNREADABLE
                                        : FindingCode.FRAME_MISSING,
                                part.position(),
                                part.end(),
                                SequenceRange.NONE,
                                new DamagedStretch.Words(
                                        "frame " + (chain.chain().frameNumber() + 1),
                                        part.reason())));
        recordsOf(part);
        chain.passGap(stretch);
    }

    /** Intact records among damage still count. */
    private void recordsOf(LogPart part) {
        part.records().stream()
                .filter(record -> record.isVersion() || record.isStub())
                .forEach(versions::check);
    }

    private DamagedStretch stretch(
            FindingCode code, long from, long to, FrameHeader header, DamagedStretch.Words words) {
        SequenceRange range =
                header.isTransaction() ? SequenceRange.of(header.sequence()) : SequenceRange.NONE;
        return damage.add(new DamagedStretch(code, from, to, range, words));
    }

    private void hide(FrameType type) {
        switch (type) {
            case TRANSACTION -> tally.livingIsHidden();
            case DICTIONARY -> isDictionaryHidden = true;
            case ERASE_MARK -> tally.livingIsHidden();
            case CHUNK, LOSS -> {}
        }
    }

    private void note(FrameHeader header) {
        durableFrame = Math.max(durableFrame, header.durableFrame());
        headerGeneration = Math.max(headerGeneration, header.headerGeneration());
    }

    private BorderClaims.Border border() {
        return new BorderClaims.Border(
                chain.chain(), tally.livingEntities(), isDictionaryHidden ? null : dictionary);
    }

    private void report(FindingCode code, FrameHeader header, String expected, String found) {
        findings.add(
                new Finding(
                        code,
                        file.name(),
                        header.position(),
                        header.end(),
                        SequenceRange.of(header.sequence()),
                        List.of(),
                        expected,
                        found));
    }
}

package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlot;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;

import lombok.RequiredArgsConstructor;

import java.time.Duration;
import java.util.List;

/**
 * Checks a data file, and what is derived from it, from the first byte to the last. Changes
 * nothing.
 */
@RequiredArgsConstructor
public final class Verification {

    private final StorePlace place;
    private final Findings findings = new Findings();

    /**
     * Runs the check.
     *
     * @throws UnsupportedFormatException if the file is no store of a version that is known
     * @throws io.entitydb.storage.error.StorageIoException if it cannot be opened
     */
    public VerificationReport run(Progress progress) {
        long start = System.nanoTime();
        try (DiskFile file = place.disk().open(place.file(), Disk.Access.READ)) {
            HeaderSlots slots = HeaderSlots.read(file);
            Header header = slots.newest();
            check(slots.a(), 0);
            check(slots.b(), Header.DATA_OFFSET / 2);
            LogFigures figures = scan(file, header, progress);
            return new VerificationReport(
                    place.file(),
                    file.size(),
                    figures,
                    findings.kept(),
                    findings.count(),
                    findings.isDamaged(),
                    List.of(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void check(HeaderSlot slot, long position) {
        if (!slot.isValid()) {
            findings.add(
                    new Finding(
                            FindingCode.HEADER_SLOT_INVALID,
                            place.file(),
                            position,
                            position + Header.DATA_OFFSET / 2,
                            SequenceRange.NONE,
                            List.of(),
                            "a valid header slot",
                            slot.describe()));
        }
    }

    private LogFigures scan(DiskFile file, Header header, Progress progress) {
        long limit = file.size() & -Header.FRAME_ALIGNMENT;
        file.map(limit);
        LogScan scan =
                new LogScan(file, new Checksum(header.identity()), Header.DATA_OFFSET, limit);
        long frames = 0;
        long transactions = 0;
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            progress.at("log", part.end(), limit);
            switch (part) {
                case LogPart.Sound(var frame) -> {
                    frames++;
                    transactions += frame.header().isTransaction() ? 1 : 0;
                }
                case LogPart.Wounded wounded ->
                        damaged(FindingCode.FRAME_DAMAGED, wounded, wounded.reason());
                case LogPart.Gap gap -> damaged(FindingCode.FRAME_MISSING, gap, gap.reason());
                case LogPart.Blank blank -> {}
            }
        }
        return LogFigures.builder()
                .frames(frames)
                .transactions(transactions)
                .lastSequence(header.walSequence())
                .lastDigest(header.walSequence() == 0 ? Digest.ZERO : header.lastDigest())
                .build();
    }

    private void damaged(FindingCode code, LogPart part, String reason) {
        findings.add(
                new Finding(
                        code,
                        place.file(),
                        part.position(),
                        part.end(),
                        SequenceRange.NONE,
                        List.of(),
                        "a whole frame",
                        reason));
    }
}

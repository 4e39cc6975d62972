package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.Reader;

import lombok.RequiredArgsConstructor;

import java.util.List;

/**
 * Checks that what a mark says is erased is erased. Behind the published end an erasure may be
 * under way: then what it was overwriting is no damage. Serves one thread.
 */
@RequiredArgsConstructor
final class ErasureCheck {

    private final Reader reader;
    private final long publishedEnd;
    private final DamageMap damage;
    private final Findings findings;
    private final LogTally tally;
    private final VersionWitness witness;

    /** Checks the records that the mark of a frame names. */
    void check(Frame frame) {
        FrameHeader header = frame.header();
        try {
            EraseMark mark = EraseMark.of(frame);
            tally.erasure(mark.livingDelta());
            excuseVersions(mark, header);
            boolean isPublished = header.position() < publishedEnd;
            long whole = mark.targets().stream().filter(target -> !isErased(target)).count();
            if (whole == 0) {
                witness.erased(mark.key());
                return;
            }
            witness.hidden(mark.key());
            if (!isPublished) {
                mark.targets().forEach(this::excuse);
            }
            report(
                    isPublished ? FindingCode.ERASURE_INCOMPLETE : FindingCode.ERASURE_PENDING,
                    header,
                    List.of(new ConcernedEntity(mark.key(), true)),
                    mark.targets().size() + " records erased",
                    whole + " of them are not");
        } catch (CorruptDataException e) {
            report(FindingCode.RECORD_MALFORMED, header, List.of(), "an erase mark", e.reason());
        }
    }

    private boolean isErased(EraseMark.Target target) {
        try {
            return reader.readRecord(target.position()).crc() == target.crc();
        } catch (CorruptDataException | StorageIoException e) {
            return false;
        }
    }

    /**
     * Chunks are erased before the version that refers to them, perhaps by an earlier mark. All
     * versions before a mark are going to be erased.
     */
    private void excuseVersions(EraseMark mark, FrameHeader header) {
        int versions =
                findings.withdraw(
                        finding ->
                                finding.code() == FindingCode.CONTENT_DIFFERS
                                        && finding.position() < header.position()
                                        && finding.entities()
                                                .contains(new ConcernedEntity(mark.key(), true)));
        if (versions > 0) {
            report(
                    FindingCode.ERASURE_PENDING,
                    header,
                    List.of(new ConcernedEntity(mark.key(), true)),
                    "all versions erased",
                    versions + " of them are not, though their contents are");
        }
    }

    private void excuse(EraseMark.Target target) {
        DamagedStretch stretch = damage.at(target.position());
        if (stretch != null) {
            stretch.excuse(target.length());
        }
        findings.withdraw(
                finding ->
                        finding.code() == FindingCode.CONTENT_DIFFERS
                                && finding.position() == target.position());
    }

    private void report(
            FindingCode code,
            FrameHeader header,
            List<ConcernedEntity> entities,
            String expected,
            String found) {
        findings.add(
                new Finding(
                        code,
                        reader.fileName(),
                        header.position(),
                        header.end(),
                        SequenceRange.NONE,
                        entities,
                        expected,
                        found));
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlot;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;

import lombok.RequiredArgsConstructor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks the two header slots, by themselves and against each other. */
@RequiredArgsConstructor
final class HeaderCheck {

    private static final long SLOT_BYTES = Header.DATA_OFFSET / 2;

    private final DiskFile file;
    private final HeaderSlots slots;
    private final Findings findings;

    /**
     * The valid headers, the newest first; of two files' headers, only those that fit the first
     * frame.
     *
     * @throws io.entitydb.storage.error.UnsupportedFormatException if it is no store at all
     */
    List<Header> valid() {
        List<Header> headers = new ArrayList<>();
        for (HeaderSlot slot : List.of(slots.a(), slots.b())) {
            if (slot instanceof HeaderSlot.Valid(Header header)) {
                headers.add(header);
            }
        }
        headers.sort(Comparator.comparingLong(Header::generation).reversed());
        try {
            slots.newest();
        } catch (CorruptDataException e) {
            if (headers.isEmpty()) {
                slot(FindingCode.HEADER_SLOT_INVALID, slots.a(), 0);
                slot(FindingCode.HEADER_SLOT_INVALID, slots.b(), SLOT_BYTES);
                return headers;
            }
            report(FindingCode.HEADER_SLOTS_DISAGREE, 0, "slots of one file", e.reason());
            file.map(file.size());
            Header fitting = headers.stream().filter(this::fits).findFirst().orElse(null);
            return List.of(fitting == null ? headers.getFirst() : fitting);
        }
        String problem = slots.transitionProblem();
        if (problem != null) {
            report(FindingCode.HEADER_SLOTS_DISAGREE, 0, "a header that follows", problem);
        }
        return headers;
    }

    private boolean fits(Header header) {
        return new FrameReader(file, header.identity()).read(Header.DATA_OFFSET, file.size())
                instanceof FrameRead.Intact;
    }

    /**
     * Judges a slot that is not valid beside one that is: a crash may have torn it, if there was a
     * crash.
     *
     * @param headerGeneration highest generation that a frame names
     * @param isUnclean whether the file looks as if it had not been closed
     */
    void judge(Header header, long headerGeneration, boolean isUnclean) {
        HeaderSlot other = header.slot() == 0 ? slots.b() : slots.a();
        long position = header.slot() == 0 ? SLOT_BYTES : 0;
        boolean isProven = headerGeneration > header.generation();
        if (!other.isValid()) {
            slot(
                    isProven || !isUnclean
                            ? FindingCode.HEADER_SLOT_INVALID
                            : FindingCode.HEADER_SLOT_TORN,
                    other,
                    position);
        } else if (isProven) {
            report(
                    FindingCode.HEADER_DISAGREES,
                    header.slot() * SLOT_BYTES,
                    "a header of generation " + headerGeneration + ", which frames name",
                    "newest is generation " + header.generation());
        }
    }

    private void slot(FindingCode code, HeaderSlot slot, long position) {
        report(code, position, "a valid header slot", slot.describe());
    }

    private void report(FindingCode code, long position, String expected, String found) {
        findings.add(
                new Finding(
                        code,
                        file.name(),
                        position,
                        position + SLOT_BYTES,
                        SequenceRange.NONE,
                        List.of(),
                        expected,
                        found));
    }
}

package io.entitydb.storage.repair;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlot;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Shows what the bytes of a data file are: its header slots, what its space is used for, and some
 * of its frames. Changes nothing and judges nothing.
 */
@RequiredArgsConstructor
public final class Inspection {

    private final StorePlace place;
    private final Wanted wanted;
    private final Map<String, Use> space = new LinkedHashMap<>();
    private final List<FrameFigures> frames = new ArrayList<>();

    /**
     * Which frames are listed.
     *
     * @param from position from which on
     * @param transaction the first transaction to list; 0 for any
     * @param limit how many at most
     */
    public record Wanted(long from, long transaction, int limit) {}

    /**
     * What was seen.
     *
     * @param fileBytes length of the file
     * @param slots the two header slots
     * @param space what bytes are used for; together they are all of the file
     * @param frames those that were asked for
     */
    public record Result(
            long fileBytes,
            List<SlotFigures> slots,
            Map<String, Use> space,
            List<FrameFigures> frames) {

        /** Copies the lists. */
        public Result {
            slots = List.copyOf(slots);
            frames = List.copyOf(frames);
        }
    }

    /**
     * A use of space.
     *
     * @param count how many pieces
     * @param bytes their size
     */
    public record Use(long count, long bytes) {

        private Use plus(long more) {
            return new Use(count + 1, bytes + more);
        }
    }

    /**
     * A header slot.
     *
     * @param position where it stands
     * @param problem why it is not valid; null if it is
     * @param fields what it holds, without the secret; null if it is not valid
     */
    public record SlotFigures(
            long position, @Nullable String problem, @Nullable HeaderFields fields) {

        private static SlotFigures of(HeaderSlot slot, long position) {
            return slot instanceof HeaderSlot.Valid(Header header)
                    ? new SlotFigures(position, null, HeaderFields.of(header))
                    : new SlotFigures(position, slot.describe(), null);
        }
    }

    /** The fields of a header, without the secret. */
    public record HeaderFields(
            long generation,
            UUID storeId,
            UUID fileId,
            long createdAt,
            boolean isInterval,
            long epoch,
            long fileSize,
            long dataSize,
            long walOffset,
            long walSequence,
            long checkpointSequence,
            long tagDictOffset,
            long tagDictSize,
            long entityCount,
            long lastModified,
            String lastDigest) {

        private static HeaderFields of(Header header) {
            return new HeaderFields(
                    header.generation(),
                    header.identity().storeId(),
                    header.identity().fileId(),
                    header.identity().createdAt(),
                    header.isInterval(),
                    header.epoch(),
                    header.fileSize(),
                    header.dataSize(),
                    header.walOffset(),
                    header.walSequence(),
                    header.checkpointSequence(),
                    header.tagDictOffset(),
                    header.tagDictSize(),
                    header.entityCount(),
                    header.lastModified(),
                    header.lastDigest().toString());
        }
    }

    /**
     * A frame, or what stands where one should be.
     *
     * @param position where it begins
     * @param length its bytes
     * @param kind what it holds
     * @param number number of the frame; 0 if it is none
     * @param records how many it has
     * @param sequence its transaction; 0 if it has none
     * @param commitTime of that, in nanoseconds since 1970; 0 if it has none
     * @param problem what does not verify; null if all does
     */
    public record FrameFigures(
            long position,
            long length,
            String kind,
            long number,
            int records,
            long sequence,
            long commitTime,
            @Nullable String problem) {}

    /**
     * Looks at the file. An inspection runs once.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if a service has it open
     */
    public Result run(Progress progress) {
        try (Held held = Held.toLookAt(place);
                DiskFile file = place.disk().open(place.file(), Disk.Access.READ)) {
            HeaderSlots slots = HeaderSlots.read(file);
            Header header =
                    slots.a() instanceof HeaderSlot.Valid || slots.b() instanceof HeaderSlot.Valid
                            ? slots.newest()
                            : null;
            use("header", Math.min(file.size(), Header.DATA_OFFSET));
            if (header == null) {
                use("unknown", Math.max(0, file.size() - Header.DATA_OFFSET));
            } else {
                scan(file, header, progress);
            }
            held.requireUnopened();
            return new Result(
                    file.size(),
                    List.of(
                            SlotFigures.of(slots.a(), 0),
                            SlotFigures.of(slots.b(), Header.DATA_OFFSET / 2)),
                    space,
                    frames);
        }
    }

    private void scan(DiskFile file, Header header, Progress progress) {
        long limit = file.size() & -Header.FRAME_ALIGNMENT;
        file.map(limit);
        LogScan scan =
                new LogScan(file, new Checksum(header.identity()), Header.DATA_OFFSET, limit);
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            take(part);
            progress.at("reading the log", part.end(), limit);
        }
        if (file.size() > limit) {
            use("unknown", file.size() - limit);
        }
    }

    private void take(LogPart part) {
        switch (part) {
            case LogPart.Sound sound -> frame(sound.frame().header(), null);
            case LogPart.Wounded wounded -> frame(wounded.header(), wounded.reason());
            case LogPart.Gap gap -> {
                use("damaged", gap.end() - gap.position());
                list(figures(gap, "damaged", gap.reason()));
            }
            case LogPart.Blank blank -> use("free", blank.end() - blank.position());
        }
    }

    private void frame(FrameHeader header, @Nullable String problem) {
        String kind = nameOf(header.type());
        use(problem == null ? kind : "damaged", header.length());
        list(
                new FrameFigures(
                        header.position(),
                        header.length(),
                        kind,
                        header.frameNumber(),
                        header.recordCount(),
                        header.sequence(),
                        header.commitTime(),
                        problem));
    }

    private static FrameFigures figures(LogPart part, String kind, String problem) {
        return new FrameFigures(
                part.position(), part.end() - part.position(), kind, 0, 0, 0, 0, problem);
    }

    private void list(FrameFigures frame) {
        boolean isWanted =
                frame.position() >= wanted.from()
                        && (wanted.transaction() == 0 || frame.sequence() >= wanted.transaction());
        if (isWanted && frames.size() < wanted.limit()) {
            frames.add(frame);
        }
    }

    private static String nameOf(FrameType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void use(String name, long bytes) {
        space.merge(name, new Use(1, bytes), (before, one) -> before.plus(one.bytes()));
    }
}

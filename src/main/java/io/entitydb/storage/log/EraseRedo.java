package io.entitydb.storage.log;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the erase marks in a stretch of a log and the erased forms of the records that they name,
 * whether these are whole, half overwritten or overwritten. Changes nothing. Serves one thread.
 *
 * <p>A mark is believed if its frame verifies; a record is believed to be the one that was meant if
 * its bytes lead to the erased form whose checksum the mark has. So a record that is damaged
 * besides is left as it is.
 */
public final class EraseRedo {

    private final DiskFile file;
    private final Checksum checksum;
    private final FrameReader frames;
    private final Predicate<EraseMark> isMeant;

    /**
     * A search in one file.
     *
     * @param isMeant which marks count
     */
    public EraseRedo(DiskFile file, Checksum checksum, Predicate<EraseMark> isMeant) {
        this.file = file;
        this.checksum = checksum;
        this.isMeant = isMeant;
        frames = new FrameReader(file, checksum.copy());
    }

    /**
     * A mark in the log.
     *
     * @param header of its frame
     * @param mark what it says
     */
    public record Found(FrameHeader header, EraseMark mark) {}

    /** The marks between two positions. */
    public List<Found> marks(long from, long limit) {
        List<Found> marks = new ArrayList<>();
        FrameSearch search = new FrameSearch(file, frames, from, limit);
        long at = from;
        while (at < limit) {
            FrameHeader header = frames.peek(at, limit);
            if (header == null) {
                header = search.next(at).header();
            }
            if (header == null) {
                break;
            }
            if (header.type() == FrameType.ERASE_MARK) {
                EraseMark mark = mark(header, limit);
                if (mark != null && isMeant.test(mark)) {
                    marks.add(new Found(header, mark));
                }
            }
            at = header.end();
        }
        return marks;
    }

    private @Nullable EraseMark mark(FrameHeader header, long limit) {
        if (frames.read(header.position(), limit) instanceof FrameRead.Intact(Frame frame)) {
            try {
                return EraseMark.of(frame);
            } catch (CorruptDataException e) {
                // No mark: who reads the log finds it too.
            }
        }
        return null;
    }

    /** The bytes of a mark's frame. */
    public byte[] bytes(Found found) {
        byte[] bytes = new byte[found.header().length()];
        file.read(found.header().position(), bytes, 0, bytes.length);
        return bytes;
    }

    /** Passes on the erased form of each record that a mark names. */
    public void records(Found found, Consumer<ErasedRecord> sink) {
        found.mark().targets().forEach(target -> redo(target, found.header().position(), sink));
    }

    private void redo(EraseMark.Target target, long limit, Consumer<ErasedRecord> sink) {
        boolean isPossible =
                target.position() >= Header.DATA_OFFSET
                        && target.length() >= RecordLayout.PREFIX_BYTES
                        && target.length() <= RecordLayout.MAX_BYTES
                        && target.position() <= limit - target.length();
        if (!isPossible) {
            return;
        }
        byte[] bytes = new byte[target.length()];
        try {
            file.read(target.position(), bytes, 0, bytes.length);
        } catch (StorageIoException e) {
            return;
        }
        RawRecord read = new RawRecord(file.name(), target.position(), bytes);
        RawRecord erased = EraseTable.finished(read, target, checksum);
        if (erased != null) {
            sink.accept(new ErasedRecord(target.position(), erased.bytes()));
        }
    }
}

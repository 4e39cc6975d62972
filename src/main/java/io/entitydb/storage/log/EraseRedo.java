package io.entitydb.storage.log;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;

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

    /** Passes on the erased form of each record that a mark between two positions names. */
    public void run(long from, long limit, Consumer<ErasedRecord> sink) {
        FrameSearch search = new FrameSearch(file, frames, from, limit);
        long at = from;
        while (at < limit) {
            FrameHeader header = frames.peek(at, limit);
            if (header == null) {
                header = search.next(at).header();
            }
            if (header == null) {
                return;
            }
            if (header.type() == FrameType.ERASE_MARK) {
                mark(header, limit, sink);
            }
            at = header.end();
        }
    }

    private void mark(FrameHeader header, long limit, Consumer<ErasedRecord> sink) {
        if (frames.read(header.position(), limit) instanceof FrameRead.Intact(Frame frame)) {
            try {
                EraseMark mark = EraseMark.of(frame);
                if (isMeant.test(mark)) {
                    mark.targets().forEach(target -> redo(target, header.position(), sink));
                }
            } catch (CorruptDataException e) {
                // No mark: who reads the log finds it too.
            }
        }
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

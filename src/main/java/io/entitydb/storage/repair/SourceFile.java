package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Function;

/** A data file that history is taken from. It is only read. Serves one thread. */
final class SourceFile implements AutoCloseable {

    private final String label;
    private final DiskFile file;
    private Origin origin;
    private boolean hasAllWords;
    private long limit;
    private final Reader reader;

    /**
     * A file that is open; this source closes it.
     *
     * @param label how messages name it
     */
    SourceFile(String label, DiskFile file, Origin origin) {
        this.label = label;
        this.file = file;
        this.origin = origin;
        limit = file.size() & -Header.FRAME_ALIGNMENT;
        file.map(limit);
        reader = new Reader(file, origin.checksum(), new TagDictionary(), limit);
        loadDictionary();
    }

    /** The file of a place, which may lack a valid header. */
    static SourceFile open(StorePlace place, String label) {
        Disk disk = place.disk();
        return open(
                disk,
                place.file(),
                file -> new SourceFile(label, file, new OriginSearch(file, disk.now()).run()));
    }

    /** The data file of a store that is open. */
    static SourceFile open(Disk disk, Header header) {
        return open(disk, StoreFiles.DATA, header);
    }

    /** A file whose header is known. */
    static SourceFile open(Disk disk, String name, Header header) {
        return open(disk, name, file -> new SourceFile(name, file, Origin.of(header, true)));
    }

    private static SourceFile open(Disk disk, String name, Function<DiskFile, SourceFile> reading) {
        DiskFile file = disk.open(name, Disk.Access.READ);
        try {
            return reading.apply(file);
        } catch (StorageException e) {
            file.close();
            throw e;
        }
    }

    /** How messages name it. */
    String label() {
        return label;
    }

    DiskFile file() {
        return file;
    }

    Origin origin() {
        return origin;
    }

    /** Where readable bytes end. */
    long limit() {
        return limit;
    }

    /** Makes more of a file readable that grows. */
    void extendTo(long end) {
        if (end > limit) {
            limit = end;
            file.map(limit);
            reader.readable(limit);
        }
    }

    /** Reads its records, with the words of all dictionaries that were found so far. */
    Reader reader() {
        return reader;
    }

    FrameReader frames() {
        return new FrameReader(file, origin.checksum().copy());
    }

    LogScan scan() {
        return new LogScan(file, origin.checksum(), Header.DATA_OFFSET, limit);
    }

    FrameSearch search() {
        return new FrameSearch(file, frames(), Header.DATA_OFFSET, limit);
    }

    /**
     * Makes sure that another file is one of the same store.
     *
     * @throws RecoveryFailedException if it is not
     */
    void recognise(SourceFile copy) {
        UUID own = origin.storeId();
        if (origin.header() == null || own == null) {
            requireCommonHistory(copy);
            origin = origin.like(copy.origin);
        } else if (!own.equals(copy.origin.storeId())) {
            throw new RecoveryFailedException(
                    copy.label
                            + " is a file of store "
                            + copy.origin.storeId()
                            + ", not of store "
                            + own);
        }
    }

    /** A digest vouches for all of history: one that both have makes them files of one store. */
    private void requireCommonHistory(SourceFile copy) {
        TransactionFinder finder = new TransactionFinder(copy);
        FrameWalk walk = FrameWalk.of(this);
        for (FrameHeader own = walk.header(); own != null; own = walk.header()) {
            Frame other = own.isTransaction() ? finder.find(own.sequence()) : null;
            if (other != null && other.header().digest().equals(own.digest())) {
                return;
            }
            walk.moveTo(own.end());
        }
        throw new RecoveryFailedException(
                copy.label + " has no transaction in common with " + label);
    }

    /** When the store was made, or a time that can be: each transaction is later than the last. */
    long createdAt() {
        if (origin.header() != null) {
            return origin.createdAt();
        }
        FrameWalk walk = FrameWalk.of(this);
        for (FrameHeader header = walk.header(); header != null; header = walk.header()) {
            if (header.movesSequence()) {
                long latest = Math.max(0, header.commitTime() - header.sequence());
                return origin.createdAt() == 0 ? latest : Math.min(latest, origin.createdAt());
            }
            walk.moveTo(header.end());
        }
        return origin.createdAt();
    }

    /** What its first frame continues. */
    FrameChain start() {
        return new FrameChain(Header.DATA_OFFSET, 0, 0, 0, createdAt(), Digest.ZERO);
    }

    private void loadDictionary() {
        Header header = origin.header();
        if (header != null) {
            try {
                reader.loadDictionary(header.tagDictOffset(), header.tagDictSize());
                hasAllWords = true;
                return;
            } catch (CorruptDataException e) {
                // Any other copy of it serves.
            }
        }
        loadAnyDictionary();
    }

    /** Each dictionary frame holds all words that were known when it was written. */
    private void loadAnyDictionary() {
        FrameWalk walk = FrameWalk.of(this);
        FrameHeader header = walk.header();
        while (header != null) {
            if (header.type() == FrameType.DICTIONARY) {
                take(walk.frame(header));
            }
            walk.moveTo(header.end());
            header = walk.header();
        }
    }

    /** Whether it has all words that the header knows of. */
    boolean hasAllWords() {
        return hasAllWords;
    }

    /** Learns the words of a dictionary frame, if it is one. */
    void take(@Nullable Frame dictionary) {
        try {
            if (dictionary != null) {
                dictionary.loadInto(reader.dictionary());
            }
        } catch (CorruptDataException e) {
            // Its checksums hold, but it makes no sense; what cannot be read without it is damage.
        }
    }

    @Override
    public void close() {
        file.close();
    }
}

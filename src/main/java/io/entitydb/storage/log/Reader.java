package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.LittleEndian;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads single records. Every record is copied to the heap first and its checksum taken there: a
 * checksum over a map of a truncated file would end the process. Thread-safe, takes no lock.
 */
public final class Reader {

    private final DiskFile file;
    private final Checksum checksum;
    private final HeadReader heads;
    private final TagDictionary dictionary;
    private final EraseTable erasing;
    private volatile long readableBytes;
    private volatile @Nullable VersionCache cache;
    private volatile Consumer<DamagedPlace> damageListener = place -> {};

    /**
     * A reader of one file.
     *
     * @param readableBytes how much of the file is mapped
     */
    public Reader(
            DiskFile file, FileIdentity identity, TagDictionary dictionary, long readableBytes) {
        this(file, new Checksum(identity), dictionary, readableBytes);
    }

    /** A reader of one file whose checksums are known. */
    public Reader(DiskFile file, Checksum checksum, TagDictionary dictionary, long readableBytes) {
        this(file, checksum, dictionary, readableBytes, new EraseTable());
    }

    /**
     * A reader of a file in which entities are erased.
     *
     * @param erasing which
     */
    public Reader(
            DiskFile file,
            Checksum checksum,
            TagDictionary dictionary,
            long readableBytes,
            EraseTable erasing) {
        this.file = file;
        this.erasing = erasing;
        this.checksum = checksum.copy();
        heads = new HeadReader(file, this.checksum);
        this.dictionary = dictionary;
        this.readableBytes = readableBytes;
    }

    /**
     * Keeps versions that are read often.
     *
     * @param versions most of them; 0 for none
     */
    public void keep(int versions) {
        cache = versions == 0 ? null : new VersionCache(versions, erasing);
    }

    /** Who is told of damage that reads meet, and of which they know more than its position. */
    public void onDamage(Consumer<DamagedPlace> listener) {
        damageListener = listener;
    }

    /** Tells of damage. */
    void damaged(DamagedPlace place) {
        damageListener.accept(place);
    }

    DiskFile file() {
        return file;
    }

    /** The file's checksums, for one thread. */
    Checksum checksum() {
        return checksum.copy();
    }

    /** How much of the file is mapped. */
    long readableBytes() {
        return readableBytes;
    }

    /** More of the file is mapped. */
    public void readable(long bytes) {
        readableBytes = bytes;
    }

    /** Name of the file. */
    public String fileName() {
        return file.name();
    }

    /** The dictionary that the records refer to. */
    public TagDictionary dictionary() {
        return dictionary;
    }

    /** What is being erased at present. */
    public EraseTable erasing() {
        return erasing;
    }

    /** A version that was read elsewhere, as it is to be shown. */
    public VersionRecord shown(VersionRecord version) {
        return erasing.isEmpty() ? version : erasing.shown(version, dictionary, checksum.copy());
    }

    /**
     * The record of a version.
     *
     * @throws CorruptDataException if no intact version stands there
     */
    public VersionRecord readVersion(long position) {
        VersionCache kept = cache;
        if (kept == null) {
            return shown(new VersionRecord(readRecord(position)));
        }
        VersionRecord version = kept.find(position);
        if (version == null) {
            long steps = erasing.steps();
            version = new VersionRecord(readRecord(position));
            kept.offer(version, steps);
        }
        return shown(version);
    }

    /**
     * The record of a version of which the content is not wanted, or not at once: it is read again
     * if the version is made an entity.
     *
     * @throws CorruptDataException if no intact version stands there
     */
    public VersionRecord readHead(long position) {
        VersionCache kept = cache;
        boolean isKept = kept != null && kept.find(position) != null;
        if (isKept || position < Header.DATA_OFFSET || position % FrameLayout.ALIGNMENT != 0) {
            return readVersion(position);
        }
        VersionRecord head = heads.read(position, readableBytes);
        return head == null || !erasing.isEmpty() ? readVersion(position) : head;
    }

    /** Has the versions at some positions, 0 for none, on their way to the processor, if kept. */
    public void expect(long[] positions) {
        VersionCache kept = cache;
        if (kept != null) {
            kept.touch(positions);
        }
    }

    /**
     * Takes over the dictionary of the frame at a position, after checking that the position can be
     * one.
     *
     * @param tagDictOffset as the header tells it
     * @param tagDictSize as the header tells it
     * @throws CorruptDataException if no intact dictionary frame stands there
     */
    public void loadDictionary(long tagDictOffset, long tagDictSize) {
        int least = FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES;
        if (tagDictSize < least || tagDictSize > FrameLayout.MAX_BYTES) {
            throw corrupt(tagDictOffset, "tagDictSize " + tagDictSize);
        }
        requireReadable(tagDictOffset, tagDictSize, "tagDictOffset");
        RawRecord record = readRecord(tagDictOffset + FrameLayout.HEADER_BYTES);
        if (record.kind() != RecordKind.DICTIONARY) {
            throw record.corrupt("dictionary expected, found record of kind " + record.kind());
        }
        dictionary.load(record.body(RecordLayout.PREFIX_BYTES));
    }

    /**
     * The bytes of a piece of a content, in a buffer of their own.
     *
     * @param owner the entity to which it must belong
     * @throws CorruptDataException if no intact piece stands there
     */
    public ByteBuffer readChunk(long position, EntityKey owner) {
        ChunkCodec.Piece piece = ChunkCodec.decode(readRecord(position), owner, dictionary);
        return ByteBuffer.wrap(piece.record(), piece.from(), piece.length());
    }

    /**
     * The length that a piece of a content names. Nothing of it is checked.
     *
     * @throws CorruptDataException if the position is outside of the file
     */
    int chunkLength(long position) {
        requireReadable(position, RecordLayout.PREFIX_BYTES + Integer.BYTES, "chunk");
        byte[] field = new byte[Integer.BYTES];
        file.read(position + RecordLayout.PREFIX_BYTES, field, 0, field.length);
        return LittleEndian.intAt(field, 0);
    }

    /** The intact record at a position. */
    public RawRecord readRecord(long position) {
        RawRecord read = readBytes(position);
        if (isIntact(read)) {
            return read;
        }
        RawRecord erased = erasing.finished(read, checksum.copy());
        if (erased != null) {
            return erased;
        }
        // It may have been overwritten while it was read.
        RawRecord again = readBytes(position);
        if (isIntact(again)) {
            return again;
        }
        throw corrupt(
                position,
                "record checksum is " + hex(crcOf(again)) + ", written was " + hex(again.crc()));
    }

    private boolean isIntact(RawRecord record) {
        return crcOf(record) == record.crc();
    }

    private int crcOf(RawRecord record) {
        return checksum.copy()
                .ofRecord(record.position(), record.bytes(), 0, record.bytes().length);
    }

    /** What stands at a position, of the length that it names. */
    private RawRecord readBytes(long position) {
        requireReadable(position, RecordLayout.PREFIX_BYTES, "record");
        byte[] prefix = new byte[Long.BYTES];
        file.read(position, prefix, 0, prefix.length);
        int length = LittleEndian.intAt(prefix, RecordLayout.LENGTH);
        if (length < RecordLayout.PREFIX_BYTES
                || length > RecordLayout.MAX_BYTES
                || length % FrameLayout.ALIGNMENT != 0) {
            throw corrupt(position, "record length " + length);
        }
        requireReadable(position, length, "record");
        byte[] bytes = new byte[length];
        file.read(position, bytes, 0, length);
        return new RawRecord(file.name(), position, bytes);
    }

    CorruptDataException corrupt(long position, String reason) {
        return new CorruptDataException(file.name(), position, reason);
    }

    private void requireReadable(long position, long length, String what) {
        if (position < Header.DATA_OFFSET
                || position % FrameLayout.ALIGNMENT != 0
                || position > readableBytes - length) {
            throw corrupt(position, what + " position out of range");
        }
    }

    private static String hex(int checksum) {
        return "%08x".formatted(checksum);
    }
}

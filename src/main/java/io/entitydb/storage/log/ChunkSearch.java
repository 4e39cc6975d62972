package io.entitydb.storage.log;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * Finds the chunks of an entity in a log, those that no version refers to among them. Hops from
 * frame header to frame header and goes on later from where it ended, so all of a log is passed
 * once, when the first entity is asked for. Keeps 16 bytes a chunk. Serves one thread at a time.
 */
public final class ChunkSearch {

    private static final int NAMES_BYTES =
            RecordLayout.PREFIX_BYTES + ChunkCodec.MAX_OVERHEAD - FrameLayout.HEADER_BYTES;

    private final Reader reader;
    private final FrameReader frames;
    private final ToLongFunction<EntityKey> hashOf;
    private long[] hashes = new long[64];
    private long[] positions = new long[64];
    private int size;
    private long passed = Header.DATA_OFFSET;

    /**
     * A search from the first frame on.
     *
     * @param hashOf tells entities apart, nearly
     */
    public ChunkSearch(Reader reader, ToLongFunction<EntityKey> hashOf) {
        this.reader = reader;
        this.hashOf = hashOf;
        frames = new FrameReader(reader.file(), reader.checksum());
    }

    Reader reader() {
        return reader;
    }

    long hashOf(EntityKey key) {
        return hashOf.applyAsLong(key);
    }

    /** Goes on up to a border. */
    void passTo(long border) {
        @Nullable FrameSearch past = null;
        while (passed < border) {
            FrameHeader header = frames.peek(passed, border);
            if (header == null) {
                past = past == null ? new FrameSearch(reader.file(), frames, passed, border) : past;
                header = past.next(passed).header();
            }
            if (header == null) {
                break;
            }
            if (header.type() == FrameType.CHUNK) {
                note(header);
            }
            passed = header.end();
        }
    }

    /** Chunks found so far. */
    int size() {
        return size;
    }

    /**
     * The next chunk whose entity has a hash.
     *
     * @param from how many to pass over
     * @return its index; {@link #size} if there is none
     */
    int next(int from, long hash) {
        int at = from;
        while (at < size && hashes[at] != hash) {
            at++;
        }
        return at;
    }

    /** Where the record of a chunk begins. */
    long position(int index) {
        return positions[index];
    }

    private void note(FrameHeader header) {
        EntityKey owner = ownerAt(header);
        if (owner == null) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
        }
        hashes[size] = hashOf(owner);
        positions[size++] = header.position() + FrameLayout.HEADER_BYTES;
    }

    /** Whom a chunk names; null if that cannot be read. */
    @Nullable EntityKey ownerAt(FrameHeader header) {
        long from = header.position() + FrameLayout.HEADER_BYTES;
        int length = (int) Math.min(NAMES_BYTES, header.end() - from);
        byte[] names = new byte[length];
        try {
            reader.file().read(from, names, 0, length);
            return ChunkCodec.ownerOf(
                    new RawRecord(reader.fileName(), from, names), reader.dictionary());
        } catch (CorruptDataException | StorageIoException | EntityDbException e) {
            return null;
        }
    }
}

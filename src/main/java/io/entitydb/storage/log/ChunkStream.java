package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * The bytes of a content that stands in chunk frames; holds one piece at a time. Positions grow
 * from piece to piece, so that no content is longer than the file.
 *
 * <p>What is skipped is not read: the lengths of the pieces tell where to go on, once all of them
 * together are the length of the content.
 */
final class ChunkStream extends InputStream {

    private final long[] positions;
    private final long length;
    private final long holder;
    private final EntityKey owner;
    private final Reader reader;
    private long missing;
    private int next;
    private InputStream piece = InputStream.nullInputStream();
    private int @Nullable [] lengths;

    /**
     * A stream over pieces.
     *
     * @param positions of their records
     * @param length bytes of all of them
     * @param holder position of the record that refers to them, for messages
     */
    ChunkStream(long[] positions, long length, long holder, EntityKey owner, Reader reader) {
        this.positions = positions;
        this.length = length;
        this.holder = holder;
        this.owner = owner;
        this.reader = reader;
        missing = length;
    }

    @Override
    public int read() throws java.io.IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws java.io.IOException {
        if (count == 0) {
            return 0;
        }
        int done = piece.read(target, offset, count);
        while (done < 0 && next < positions.length) {
            open();
            done = piece.read(target, offset, count);
        }
        return done;
    }

    @Override
    public long skip(long count) throws java.io.IOException {
        long left = count - piece.skip(Math.max(0, count));
        while (left > 0 && next < positions.length) {
            long following = Integer.toUnsignedLong(lengths()[next]);
            if (following <= left) {
                next++;
                missing -= following;
                left -= following;
            } else {
                open();
                left -= piece.skip(left);
            }
        }
        return Math.max(0, count - left);
    }

    /** The last piece ends the content, to the byte. */
    private void open() {
        ChunkCodec.Piece found = nextPiece();
        missing -= found.length();
        if (next == positions.length ? missing != 0 : missing < 0) {
            throw differs();
        }
        piece = new ByteArrayInputStream(found.record(), found.from(), found.length());
    }

    private CorruptDataException differs() {
        return reader.corrupt(holder, "pieces are not the length of the content");
    }

    private ChunkCodec.Piece nextPiece() {
        try {
            long before = next == 0 ? 0 : positions[next - 1];
            long position = positions[next++];
            if (position <= before) {
                throw reader.corrupt(holder, "piece at " + position + " follows one at " + before);
            }
            RawRecord record = reader.readRecord(position);
            ChunkCodec.Piece found = ChunkCodec.decode(record, owner, reader.dictionary());
            if (found.isErased()) {
                throw NotFoundException.erased(owner);
            }
            return found;
        } catch (CorruptDataException e) {
            throw ContentStream.refusal(e, DamagedPlace.Part.CHUNK, owner, reader);
        }
    }

    /** The lengths that the pieces name, none of them checked by itself. */
    private int[] lengths() {
        int[] known = lengths;
        if (known == null) {
            known = new int[positions.length];
            long sum = 0;
            for (int i = 0; i < known.length; i++) {
                known[i] = reader.chunkLength(positions[i]);
                if (known[i] == 0) {
                    throw NotFoundException.erased(owner);
                }
                sum += Integer.toUnsignedLong(known[i]);
            }
            if (sum != length) {
                throw ContentStream.refusal(differs(), DamagedPlace.Part.CHUNK, owner, reader);
            }
            lengths = known;
        }
        return known;
    }
}

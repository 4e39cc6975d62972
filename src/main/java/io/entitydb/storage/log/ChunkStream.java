package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a content that stands in chunk frames; holds one piece at a time. Positions grow
 * from piece to piece, so that no content is longer than the file.
 */
final class ChunkStream extends InputStream {

    private final RecordBody positions;
    private final EntityKey owner;
    private final Reader reader;
    private int left;
    private long missing;
    private long last;
    private InputStream piece = InputStream.nullInputStream();

    /**
     * A stream over pieces.
     *
     * @param count number of pieces
     * @param length bytes of all of them
     * @param positions gives the positions of their records
     */
    ChunkStream(int count, long length, RecordBody positions, EntityKey owner, Reader reader) {
        left = count;
        missing = length;
        this.positions = positions;
        this.owner = owner;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int done = piece.read(target, offset, length);
        while (done < 0 && left > 0) {
            open(nextPiece());
            done = piece.read(target, offset, length);
        }
        return done;
    }

    /** The last piece ends the content, to the byte. */
    private void open(ChunkCodec.Piece next) {
        left--;
        missing -= next.length();
        if (left == 0 ? missing != 0 : missing < 0) {
            throw positions.corrupt("pieces are not the length of the content");
        }
        piece = new ByteArrayInputStream(next.record(), next.from(), next.length());
    }

    private ChunkCodec.Piece nextPiece() {
        try {
            long before = last;
            last = positions.readLong();
            if (last <= before) {
                throw positions.corrupt("piece at " + last + " follows one at " + before);
            }
            RawRecord record = reader.readRecord(last);
            ChunkCodec.Piece next = ChunkCodec.decode(record, owner, reader.dictionary());
            if (next.isErased()) {
                throw NotFoundException.erased(owner);
            }
            return next;
        } catch (CorruptDataException e) {
            throw ContentStream.refusal(e, DamagedPlace.Part.CHUNK, owner, reader);
        }
    }
}
